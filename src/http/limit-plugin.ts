import type { DocumentNode, ExecutionArgs, Source } from "graphql";
import { GraphQLError, parse, validate } from "graphql";
import type { Plugin } from "graphql-yoga";
import { tooHeavy } from "./document-limits.ts";
import { MAX_QUERY_LENGTH, MAX_QUERY_TOKENS, MAX_VALIDATION_ERRORS } from "./limits.ts";
import { costOf, MAX_COST } from "./operation-cost.ts";

/**
 * Bounds what an operation may cost, each bound before the work that it bounds: the length of the text and
 * its tokens before it is parsed, its weight before it is validated, its cost before it is executed.
 */
export function useLimits(): Plugin {
  const approved = new WeakSet<DocumentNode>();
  const costs = new WeakMap<DocumentNode, Map<string, ReturnType<typeof costOf>>>();

  function expectAffordable(args: ExecutionArgs): GraphQLError | undefined {
    const { schema, document, operationName, variableValues } = args;
    let named = costs.get(document);
    if (named === undefined) costs.set(document, (named = new Map()));
    const name = operationName ?? "";
    const cost = named.get(name) ?? costOf(schema, document, name);
    named.set(name, cost);
    if (cost(variableValues ?? {}) <= MAX_COST) return undefined;
    return overLimit(
      `The operation may answer with more than ${MAX_COST} values. Ask for shorter pages, or for less at once.`,
    );
  }

  return {
    onParse({ params, setParseFn }) {
      if (textOf(params.source as string | Source).length > MAX_QUERY_LENGTH) {
        throw overLimit(`The query text is longer than ${MAX_QUERY_LENGTH} characters.`);
      }
      setParseFn((text, options) => parse(text, { ...options, maxTokens: MAX_QUERY_TOKENS }));
      return ({ result }) => {
        if (result === null || result instanceof Error || approved.has(result)) return;
        const reason = tooHeavy(result);
        if (reason !== undefined) throw overLimit(reason);
        approved.add(result);
      };
    },
    onValidate({ setValidationFn }) {
      setValidationFn((schema, document, rules, typeInfo) =>
        validate(schema, document, rules, { maxErrors: MAX_VALIDATION_ERRORS }, typeInfo),
      );
    },
    onExecute({ args, setResultAndStopExecution }) {
      const error = expectAffordable(args);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const error = expectAffordable(args);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
  };
}

function textOf(source: string | Source): string {
  return typeof source === "string" ? source : source.body;
}

function overLimit(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_INPUT", http: { status: 400 } } });
}
