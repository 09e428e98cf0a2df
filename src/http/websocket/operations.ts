import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLSchema } from "graphql";
import { GraphQLError } from "graphql";
import type { Server, SubscribePayload } from "graphql-ws";
import { CloseCode, makeServer } from "graphql-ws";
import type { WebSocket } from "ws";
import type { Admitted } from "../../access/access.ts";
import { newId } from "../../lib/ids.ts";
import { withRequestId } from "../../lib/request-id.ts";
import { mayGoOn, takeTurn } from "../admission.ts";
import { INIT_WAIT_MS, MAX_OPERATIONS_PER_SOCKET, MAX_REFUSED_IN_A_ROW } from "../limits.ts";
import type { Call, Pipeline } from "../pipeline.ts";
import { Refusal } from "../refusal.ts";
import { hangUp } from "./goodbye.ts";
import type { Seats } from "../seats.ts";
import { sitDown } from "./sit-down.ts";
import { whileOpen } from "./stream.ts";

/** What is known of a socket beside its messages. */
export interface Connection {
  readonly socket: WebSocket;
  /** How the client reaches the gateway. */
  readonly origin: string;
  readonly address: string | null;
  /**
   * Who it is, by what `connection_init` brought or by the headers of the upgrade.
   * @throws Refusal
   */
  readonly admit: (fields: Readonly<Record<string, unknown>>) => Admitted;
  /** Known since the upgrade, or not before `connection_init`. */
  admitted: Admitted | undefined;
  /** Operations that were turned away since the last that was not. */
  refusedInARow: number;
  /** Told when the socket is gone. */
  readonly running: Set<AbortController>;
}

export interface OperationParts {
  readonly pipeline: Pipeline;
  readonly seats: Seats;
  readonly maskError: (error: unknown, message: string) => GraphQLError;
}

/** The part of Yoga's pipeline that is run here; Yoga itself types it as `any`. */
interface Enveloped {
  readonly schema: GraphQLSchema;
  parse(query: string): DocumentNode;
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[];
  contextFactory(): Promise<object>;
  execute(args: ExecutionArgs): Promise<ExecutionResult>;
  subscribe(args: ExecutionArgs): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
}

/** An operation on its way, with what carries it out. */
interface Prepared extends ExecutionArgs {
  readonly run: Enveloped;
  readonly connection: Connection;
  readonly requestId: string;
  readonly life: AbortController;
}

/** The graphql-transport-ws protocol over the same pipeline as HTTP: the same limits, context and masking. */
export function createOperations(parts: OperationParts): Server<Connection> {
  const { pipeline, seats } = parts;
  const mask = (error: unknown): GraphQLError =>
    withoutInternals(parts.maskError(error, "Unexpected error."));

  async function prepare(
    connection: Connection,
    admitted: Admitted,
    params: SubscribePayload,
  ): Promise<Prepared | readonly GraphQLError[]> {
    const { caller } = admitted;
    const life = new AbortController();
    const { origin, address } = connection;
    const requestId = newId();
    const turn = (): boolean => mayGoOn(admitted);
    const signal = life.signal;
    const call: Call = { caller, takeTurn: turn, address, requestId, origin, signal };
    try {
      const run = pipeline.getEnveloped({ ...call, params } as never) as Enveloped;
      const document = run.parse(params.query);
      const errors = run.validate(run.schema, document);
      if (errors.length > 0) return errors.map(withoutInternals);
      const contextValue = await run.contextFactory();
      connection.running.add(life);
      return {
        schema: run.schema,
        document,
        operationName: params.operationName ?? null,
        variableValues: params.variables ?? null,
        contextValue,
        run,
        connection,
        requestId,
        life,
      };
    } catch (error) {
      return [mask(error)];
    }
  }

  async function execute(args: Prepared): Promise<ExecutionResult> {
    try {
      return await withRequestId(args.requestId, () => args.run.execute(args));
    } catch (error) {
      return { errors: [mask(error)] };
    } finally {
      args.connection.running.delete(args.life);
    }
  }

  async function subscribe(
    args: Prepared,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    const { socket, running } = args.connection;
    const leave = (): void => {
      running.delete(args.life);
      args.life.abort();
    };
    try {
      const result = await args.run.subscribe(args);
      if (!(Symbol.asyncIterator in result)) {
        leave();
        return result;
      }
      const isOpen = (): boolean => socket.readyState === socket.OPEN;
      return whileOpen(result, { isOpen, leave, mask });
    } catch (error) {
      leave();
      return { errors: [mask(error)] };
    }
  }

  return makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: INIT_WAIT_MS,
    onConnect({ extra, connectionParams }) {
      try {
        extra.admitted ??= extra.admit(connectionParams ?? {});
        return sitDown(extra.socket, extra.admitted.caller, seats);
      } catch (error) {
        // `false` closes the socket with 4403.
        if (error instanceof Refusal) return false;
        throw error;
      }
    },
    onSubscribe({ extra, subscriptions }, _id, params) {
      const { admitted } = extra;
      if (!admitted) return [new GraphQLError("No API key was sent.")];
      const refusal =
        Object.keys(subscriptions).length > MAX_OPERATIONS_PER_SOCKET
          ? tooMany()
          : refusedTurn(admitted);
      if (!refusal) {
        extra.refusedInARow = 0;
        return prepare(extra, admitted, params);
      }
      extra.refusedInARow += 1;
      if (extra.refusedInARow > MAX_REFUSED_IN_A_ROW) {
        hangUp(extra.socket, CloseCode.TooManyInitialisationRequests, "Too many operations");
      }
      return [refusal];
    },
    execute: (args) => execute(args as Prepared),
    subscribe: (args) => subscribe(args as Prepared),
  });
}

function refusedTurn(admitted: Admitted): GraphQLError | undefined {
  try {
    takeTurn(admitted);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, code } = error;
    return new GraphQLError(message, { extensions: { code } });
  }
}

function tooMany(): GraphQLError {
  const message = `A socket carries at most ${MAX_OPERATIONS_PER_SOCKET} operations at a time.`;
  return new GraphQLError(message, { extensions: { code: "FORBIDDEN" } });
}

/** Yoga's notes for the HTTP status are nobody's business here. */
function withoutInternals(error: GraphQLError): GraphQLError {
  delete error.extensions["http"];
  return error;
}
