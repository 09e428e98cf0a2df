import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import type { z } from "zod";
import type { Answer } from "./answer.ts";
import { checked } from "./check.ts";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** `"/instances/:id/qr"` has the parameter `id`. */
type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & Params<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? { readonly [K in Name]: string }
    : unknown;

/** A call as it came: names and values, nothing judged yet. */
interface RawCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly headers: Headers;
}

/** A call whose query and body are as the alias wants them. */
interface Call<Path extends string, Query, Body> {
  readonly params: Params<Path>;
  readonly query: Query;
  readonly body: Body;
  readonly headers: Headers;
}

/** A GraphQL operation ready to run, and what its data answers. */
export interface Operation<Result = Answer> {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer: (data: unknown) => Result;
}

/** A REST call that the gateway answers. The types of its operation are checked where it is written and forgotten here. */
export interface Alias {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  /** The GraphQL operation behind it. */
  readonly source: string;
  /** The status when all went well, first, and others that are no error. */
  readonly statuses: readonly number[];
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  /** Whether the body may also come as a form with a file. */
  readonly multipart: boolean;
  /** @throws Refusal 400 for a query or body that is not as it has to be */
  readonly operation: (call: RawCall) => Operation;
  /** The same as server-sent events, where the alias has them. */
  readonly stream?: ((call: RawCall) => Operation<string>) | undefined;
}

interface AliasOptions<Path extends string, Data, Variables, Query, Body> {
  readonly method: Method;
  readonly path: Path;
  readonly summary: string;
  readonly statuses?: readonly number[];
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  readonly multipart?: boolean;
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly variables: (call: Call<Path, Query, Body>) => Variables;
  readonly answer: (data: Data, call: Call<Path, Query, Body>) => Answer;
}

/** One row of the table of aliases. */
export function alias<
  const Path extends string,
  Data,
  Variables,
  Query = undefined,
  Body = undefined,
>(options: AliasOptions<Path, Data, Variables, Query, Body>): Alias {
  const { method, path, summary, query, body, document } = options;
  const source = print(document);
  return {
    method,
    path,
    summary,
    source,
    statuses: options.statuses ?? [200],
    query,
    body,
    multipart: options.multipart ?? false,
    operation(raw) {
      const call = {
        // The pattern that matched is made of the same path as this type.
        params: raw.params as Params<Path>,
        query: checked(query, raw.query, "query") as Query,
        body: checked(body, raw.body, "body") as Body,
        headers: raw.headers,
      };
      return {
        source,
        variables: options.variables(call) as Readonly<Record<string, unknown>>,
        answer: (data) => options.answer(data as Data, call),
      };
    },
  };
}
