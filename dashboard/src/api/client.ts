import type { TypedDocumentString } from "./generated/operations.ts";
import { Client, fetchExchange } from "urql";
import { OWN_PAGE, sessionEnded } from "./session.ts";
import type { ProblemFragment } from "./generated/operations.ts";

/** Nothing is cached: what a page shows is told by subscriptions, and asked for anew when it is opened. */
const client = new Client({
  url: "/graphql",
  preferGetMethod: false,
  exchanges: [fetchExchange],
  fetchOptions: { headers: OWN_PAGE, credentials: "same-origin" },
});

/** What the gateway, or the way to it, has against a call. The message is for people. */
export class CallFailed extends Error {
  override readonly name = "CallFailed";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** @throws CallFailed */
export async function ask<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const answer = await client
    .query<Data, Record<string, unknown>>(document.toString(), variables)
    .toPromise();
  return dataOf(answer);
}

type Answers = Readonly<Record<string, { readonly __typename: string }>>;

/** The result of a mutation without what can go wrong with it. */
type Good<Result> = Exclude<Result, ProblemFragment | { readonly code: string }>;

/**
 * Calls a mutation, whose errors are data, and gives its one result.
 * @throws CallFailed
 */
export async function change<Data extends Answers, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Good<Data[keyof Data]>> {
  const answer = await client
    .mutation<Data, Record<string, unknown>>(document.toString(), variables)
    .toPromise();
  const [result] = Object.values(dataOf(answer));
  if (result === undefined) throw new CallFailed("INTERNAL", "The gateway has answered nothing.");
  if ("code" in result && "message" in result) {
    throw new CallFailed(String(result.code), String(result.message));
  }
  return result as Good<Data[keyof Data]>;
}

interface Answer<Data> {
  readonly data?: Data | undefined;
  readonly error?:
    | {
        readonly networkError?: Error | undefined;
        readonly message: string;
        readonly graphQLErrors: readonly {
          readonly message: string;
          readonly extensions: Readonly<Record<string, unknown>>;
        }[];
      }
    | undefined;
}

function dataOf<Data>({ data, error }: Answer<Data>): Data {
  const [first] = error?.graphQLErrors ?? [];
  const { code = "UNREACHABLE" } = (first?.extensions ?? {}) as { readonly code?: string };
  if (code === "UNAUTHENTICATED") sessionEnded();
  if (error) throw new CallFailed(code, first?.message ?? error.message);
  if (!data) throw new CallFailed("INTERNAL", "The gateway has answered nothing.");
  return data;
}
