import type { GraphQLFieldResolver, GraphQLSchema } from "graphql";
import type { AuditFact } from "../access/audit-entry.ts";
import { GatewayError } from "../domain/errors.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";

/** Ids only: what a call says is nobody's business. */
interface Subject {
  readonly target: string | null;
  readonly instanceId: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Puts every mutation on the audit trail, with who, whereto and how it ended: of a schema and not of its
 * fields, so that no field that somebody adds can be forgotten.
 */
export function audited(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name, resolve } = field;
    if (resolve) field.resolve = withTrail(name, resolve as GraphQLFieldResolver<unknown, Context>);
  }
  return schema;
}

function withTrail(
  action: string,
  resolve: GraphQLFieldResolver<unknown, Context>,
): GraphQLFieldResolver<unknown, Context> {
  return async (root, args: Fields, context, info) => {
    const write = (result: string, made: unknown): Promise<void> => {
      const fact = factOf(context, action, subjectOf(action, args, made), result);
      // What was changed is told each time; what was refused can be tried without end.
      const told = result === "OK" ? context.audit.append(fact) : context.audit.note(fact);
      return told.catch((err: unknown) => complain(context, fact, err));
    };
    try {
      const made: unknown = await resolve(root, args, context, info);
      await write(made instanceof Failure ? made.code : "OK", made);
      return made;
    } catch (error) {
      await write(error instanceof GatewayError ? error.code : "INTERNAL", undefined);
      throw error;
    }
  };
}

/**
 * Puts on the trail that somebody was shown a code by which an account can be taken over, or reads events
 * that such codes are among.
 */
export function noteCode(
  context: Context,
  action: "qr" | "pairingCode" | "events",
  instanceId: string | null,
): void {
  const fact = factOf(context, action, { target: instanceId, instanceId }, "OK");
  context.audit.note(fact).catch((err: unknown) => complain(context, fact, err));
}

function factOf(context: Context, action: string, subject: Subject, result: string): AuditFact {
  const { caller, address, requestId } = context;
  const { keyId, name: actor } = caller;
  return { at: new Date(), keyId, actor, address, action, ...subject, result, requestId };
}

/** What was done is done: an error now would have the caller do it again. */
function complain({ log }: Context, { action, actor, target }: AuditFact, err: unknown): void {
  log.error("an operation is not on the audit trail", { action, actor, target, err });
}

/** Mutations whose `id` is that of an instance. */
const OF_INSTANCE = /Instance$|^setPacing$|^updateInstanceSettings$|^request|^importCredentials$/;

function subjectOf(action: string, args: Fields, made: unknown): Subject {
  const input = fieldsOf(args["input"]);
  const result = fieldsOf(made instanceof Failure ? undefined : made);
  const target =
    text(args["id"]) ??
    text(result["id"]) ??
    text(input["id"]) ??
    text(args["groupId"]) ??
    text(input["groupId"]) ??
    text(result["groupId"]) ??
    text(args["channelId"]) ??
    text(input["channelId"]) ??
    text(result["channelId"]) ??
    text(fieldsOf(result["contact"])["id"]);
  const named = text(args["instanceId"]) ?? text(input["instanceId"]) ?? text(result["instanceId"]);
  return { target, instanceId: named ?? (OF_INSTANCE.test(action) ? target : null) };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
