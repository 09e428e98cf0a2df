import type { IncomingMessage, ServerResponse } from "node:http";
import type { Accounts } from "../accounts/accounts.ts";
import { SimulatorError } from "../errors.ts";
import type { ControlledSimulator } from "./handlers.ts";
import { readJson } from "./json-body.ts";
import { findRoute, makeRoutes } from "./routes.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The control API: JSON in, JSON out; nothing a client sends reaches further than its own answer. */
export function makeControl(simulator: ControlledSimulator, accounts: Accounts): Handler {
  const routes = makeRoutes(simulator, accounts);
  return (request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, error));
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const { route, params } = findRoute(routes, request.method ?? "GET", url.pathname);
    const hasBody = route.method === "POST" || route.method === "PATCH";
    const body = hasBody ? await readJson(request) : {};
    const result = await route.handle({ params, query: url.searchParams, body });
    send(response, route.status, result);
  }
}

function send(response: ServerResponse, status: number, result: unknown): void {
  const isText = typeof result === "string";
  response.writeHead(status, {
    "content-type": isText ? "application/x-pem-file" : "application/json",
  });
  if (status === 204) response.end();
  else response.end(isText ? result : JSON.stringify(result));
}

function refuse(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof SimulatorError
      ? error
      : new SimulatorError("BAD_REQUEST", error instanceof Error ? error.message : String(error));
  response.setHeader("connection", "close");
  send(response, known.status, { error: { code: known.code, message: known.message } });
}
