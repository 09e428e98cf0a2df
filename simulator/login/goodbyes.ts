import type { BinaryNode } from "../protocol/nodes.ts";

/** `401` logged out, `403` banned, `405` client too old, … */
export function failure(reason: number): BinaryNode {
  return { tag: "failure", attrs: { reason: String(reason), location: "simulator" } };
}

/** `515` asks a device that was just linked to connect again, `503` is a server that goes away. */
export function streamError(code: number): BinaryNode {
  return { tag: "stream:error", attrs: { code: String(code) } };
}

/** Somebody else uses these credentials. */
export function conflict(type: "replaced"): BinaryNode {
  return { tag: "stream:error", attrs: {}, content: [{ tag: "conflict", attrs: { type } }] };
}

/** The phone removed this device. */
export function deviceRemoved(): BinaryNode {
  const content = [{ tag: "conflict", attrs: { type: "device_removed" } }];
  return { tag: "stream:error", attrs: { code: "401" }, content };
}
