import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLSchema } from "graphql";
import { GraphQLError } from "graphql";
import type { Operation } from "./alias.ts";

/** Yoga's own way of running an operation, with every plugin of it; Yoga types it as `any`. */
export interface Pipeline {
  readonly schema: GraphQLSchema;
  parse(source: string): DocumentNode;
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[];
  contextFactory(): Promise<unknown>;
  execute(args: ExecutionArgs): Promise<ExecutionResult>;
  subscribe(
    args: ExecutionArgs,
  ): Promise<AsyncGenerator<ExecutionResult, void, undefined> | ExecutionResult>;
}

/** @throws GraphQLError the first error, already masked */
export async function run<T>(pipeline: Pipeline, operation: Operation<T>): Promise<T> {
  const result = await pipeline.execute(await argsOf(pipeline, operation));
  return answerOf(result, operation);
}

/** @throws GraphQLError the first error, before the stream has begun */
export async function follow<T>(
  pipeline: Pipeline,
  operation: Operation<T>,
): Promise<AsyncIterator<T, unknown, undefined>> {
  const result = await pipeline.subscribe(await argsOf(pipeline, operation));
  if (!(Symbol.asyncIterator in result)) throw firstError(result);
  const results = result[Symbol.asyncIterator]();
  return {
    async next() {
      const next = await results.next();
      if (next.done) return { value: undefined, done: true };
      return { value: answerOf(next.value, operation), done: false };
    },
    async return() {
      await results.return();
      return { value: undefined, done: true };
    },
  };
}

async function argsOf(pipeline: Pipeline, operation: Operation<unknown>): Promise<ExecutionArgs> {
  const document = pipeline.parse(operation.source);
  const [error] = pipeline.validate(pipeline.schema, document);
  if (error) throw error;
  return {
    schema: pipeline.schema,
    document,
    variableValues: operation.variables,
    contextValue: await pipeline.contextFactory(),
  };
}

function answerOf<T>(result: ExecutionResult, operation: Operation<T>): T {
  if (result.errors?.length) throw firstError(result);
  return operation.answer(result.data);
}

function firstError({ errors }: ExecutionResult): GraphQLError {
  return errors?.[0] ?? new GraphQLError("The operation has no result.");
}
