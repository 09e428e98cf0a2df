import type { ShownEvent } from "./receiver.ts";

/** One line of the terminal for one webhook. */
export function eventLine({ type, data: { message } }: ShownEvent): string {
  if (!message?.text) return `  ${type}`;
  const who = message.fromMe ? "you" : (message.sender?.name ?? "somebody");
  return `  ${type.padEnd(18)} ${who}: ${message.text}`;
}

/** What a newcomer may try while the demo runs. */
export function waysToLookAround(url: string, contact: string): string {
  return `Look around at ${url}/dashboard/, or paste these into another terminal:

  curl ${url}/instances/demo/status
  curl -N -H "Accept: text/event-stream" ${url}/events
  curl -X POST ${url}/instances/demo/sendMessage -H "Content-Type: application/json" -d '{"to": "${contact}", "message": "Hello from API!"}'

Ctrl+C stops everything.
`;
}
