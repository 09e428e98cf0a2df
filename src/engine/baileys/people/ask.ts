import { answered, type Query } from "../asking/answered.ts";
import type { BinaryNode } from "../library.ts";
import { refusalOf } from "./refusal.ts";

/** @throws GatewayError as `PeopleCalls` says */
export type Ask = (node: BinaryNode) => Promise<BinaryNode>;

/** A socket, as far as it is asked. */
interface Asked {
  query(node: BinaryNode): ReturnType<Query>;
}

export function askerOf(socket: Asked): Ask {
  return (node) => answered((asked) => socket.query(asked), node, refusalOf);
}
