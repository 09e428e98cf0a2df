import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLSchema } from "graphql";
import { GraphQLError } from "graphql";
import type { Server, SubscribePayload } from "graphql-ws";
import { makeServer } from "graphql-ws";
import type { WebSocket } from "ws";
import type { Access } from "../../access/access.ts";
import type { Caller } from "../../access/caller.ts";
import { credentialsIn } from "../../access/credentials.ts";
import { INIT_WAIT_MS, MAX_OPERATIONS_PER_SOCKET } from "../limits.ts";
import type { Call, Pipeline } from "../pipeline.ts";
import { whileOpen } from "./stream.ts";

/** What is known of a socket beside its messages. */
export interface Connection {
  readonly socket: WebSocket;
  /** How the client reaches the gateway. */
  readonly origin: string;
  /** Known since the upgrade, or not before `connection_init`. */
  caller: Caller | undefined;
  /** Told when the socket is gone. */
  readonly running: Set<AbortController>;
}

export interface OperationParts {
  readonly access: Access;
  readonly pipeline: Pipeline;
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
  readonly life: AbortController;
}

/** The graphql-transport-ws protocol over the same pipeline as HTTP: the same limits, context and masking. */
export function createOperations(parts: OperationParts): Server<Connection> {
  const { access, pipeline } = parts;
  const mask = (error: unknown): GraphQLError =>
    withoutInternals(parts.maskError(error, "Unexpected error."));

  async function prepare(
    connection: Connection,
    caller: Caller,
    params: SubscribePayload,
  ): Promise<Prepared | readonly GraphQLError[]> {
    const life = new AbortController();
    const call: Call = { caller, origin: connection.origin, signal: life.signal };
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
        life,
      };
    } catch (error) {
      return [mask(error)];
    }
  }

  async function execute(args: Prepared): Promise<ExecutionResult> {
    try {
      return await args.run.execute(args);
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
      extra.caller ??= access.authenticate(credentialsIn(connectionParams ?? {}));
      // `false` closes the socket with 4403.
      return extra.caller !== undefined;
    },
    onSubscribe({ extra, subscriptions }, _id, params) {
      if (!extra.caller) return [new GraphQLError("No API key was sent.")];
      if (Object.keys(subscriptions).length > MAX_OPERATIONS_PER_SOCKET) return [tooMany()];
      return prepare(extra, extra.caller, params);
    },
    execute: (args) => execute(args as Prepared),
    subscribe: (args) => subscribe(args as Prepared),
  });
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
