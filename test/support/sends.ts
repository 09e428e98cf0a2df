import type { Calls } from "./calls.ts";

/** What `sendText` answered: a message, or an error type. */
export interface SentText {
  readonly __typename: string;
  readonly id: string;
  readonly status: string;
  readonly code?: string;
}

export interface CancelAnswer {
  readonly __typename: string;
  readonly status?: string;
  readonly code?: string;
}

const SEND = `mutation ($input: SendTextInput!) { sendText(input: $input) {
  __typename ... on Message { id status } ... on Error { code } } }`;

const CANCEL = `mutation ($id: ID!) { cancelMessage(instanceId: "me", id: $id) {
  __typename ... on Message { status } ... on Error { code } } }`;

/** Sends from the instance "me", stored and not waited for unless told otherwise. */
export async function sendText(
  { graphql }: Pick<Calls, "graphql">,
  to: string,
  text: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<SentText> {
  const input = { instanceId: "me", to, text, waitFor: "QUEUED", ...more };
  return (await graphql<{ sendText: SentText }>(SEND, { input })).sendText;
}

export async function cancelMessage(
  { graphql }: Pick<Calls, "graphql">,
  id: string,
): Promise<CancelAnswer> {
  return (await graphql<{ cancelMessage: CancelAnswer }>(CANCEL, { id })).cancelMessage;
}
