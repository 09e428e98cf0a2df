import { PN_SERVER } from "../../../domain/address.ts";
import { GatewayError } from "../../../domain/errors.ts";
import { answered, type Query } from "../asking/answered.ts";
import { type BinaryNode, getBinaryNodeChild } from "../library.ts";
import { fieldsOf, jsonIn } from "../translate/json.ts";
import { type Asking, refusalOf } from "./refusal.ts";

/** A question by number: WhatsApp's clients know each by a number only, under which the server keeps its text. */
export interface MexQuery {
  readonly id: string;
  /** Under which of these names the answer stands: it has changed over time. */
  readonly answers: readonly string[];
}

/**
 * What WhatsApp answers; null where it says that there is nothing.
 * @throws GatewayError as `ChannelCalls` says
 */
export type AskMex = (query: MexQuery, variables: object, asking: Asking) => Promise<unknown>;

export function mexAsker(query: Query): AskMex {
  return async ({ id, answers }, variables, asking) => {
    const refusal = (error: unknown): unknown => refusalOf(error, asking);
    const data = dataIn(await answered(query, mexQuery(id, variables), refusal), refusal);
    const name = answers.find((each) => data[each] !== undefined && data[each] !== null);
    return name === undefined ? null : data[name];
  };
}

function mexQuery(id: string, variables: object): BinaryNode {
  const content = Buffer.from(JSON.stringify({ variables }));
  return {
    tag: "iq",
    // Changes are asked for in the same way.
    attrs: { type: "get", xmlns: "w:mex", to: PN_SERVER },
    content: [{ tag: "query", attrs: { query_id: id }, content }],
  };
}

/** Unlike other answers, a refusal of this one is an answer that went well, with errors in it. */
function dataIn(answer: BinaryNode, refusal: (error: unknown) => unknown) {
  const content = getBinaryNodeChild(answer, "result")?.content;
  const { data, errors } = fieldsOf(content instanceof Uint8Array ? jsonIn(content) : undefined);
  const [first] = Array.isArray(errors) ? (errors as readonly unknown[]) : [];
  if (first !== undefined) throw refusal(errorIn(first));
  if (data !== undefined) return fieldsOf(data);
  throw noAnswer();
}

/** In the shape of other refusals: with WhatsApp's number as `data`. */
function errorIn(json: unknown): Error {
  const { message, extensions } = fieldsOf(json);
  const code = fieldsOf(extensions)["error_code"];
  const error = new Error(typeof message === "string" ? message : "no reason given");
  // One without a number is no fault of the server: it does not take what was asked.
  return Object.assign(error, { data: typeof code === "number" ? code : 400 });
}

export function noAnswer(): GatewayError {
  return new GatewayError("UNAVAILABLE", "WhatsApp's answer names no channel. Try again.");
}
