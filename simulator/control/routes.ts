import type { Accounts } from "../accounts/accounts.ts";
import { SimulatorError } from "../errors.ts";
import type { Call } from "./call.ts";
import { type ControlledSimulator, makeHandlers } from "./handlers.ts";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly status: number;
  readonly handle: (call: Call) => Promise<unknown>;
}

export function makeRoutes(simulator: ControlledSimulator, accounts: Accounts): readonly Route[] {
  const on = makeHandlers(simulator, accounts);
  const route = (method: Method, path: string, status: number, handle: Route["handle"]): Route => ({
    method,
    path,
    status,
    handle,
  });
  return [
    route("GET", "/accounts", 200, on.accounts),
    route("POST", "/accounts", 201, on.createAccount),
    route("PATCH", "/accounts/:phone", 204, on.rename),
    route("POST", "/accounts/:phone/link", 200, on.link),
    route("GET", "/accounts/:phone/devices", 200, on.devices),
    route("DELETE", "/accounts/:phone/devices", 204, on.unlink),
    route("DELETE", "/accounts/:phone/devices/:device", 204, on.unlink),
    route("POST", "/accounts/:phone/messages", 201, on.send),
    route("GET", "/accounts/:phone/messages", 200, on.messages),
    route("POST", "/accounts/:phone/agreed", 204, on.act),
    route("GET", "/accounts/:phone/agreed", 200, on.agreed),
    route("POST", "/accounts/:phone/receipts", 204, on.confirm),
    route("GET", "/accounts/:phone/receipts", 200, on.receipts),
    route("GET", "/accounts/:phone/profile", 200, on.profile),
    route("PATCH", "/accounts/:phone/profile", 204, on.changeProfile),
    route("GET", "/accounts/:phone/presence", 200, on.presence),
    route("POST", "/accounts/:phone/presence", 204, on.showPresence),
    route("POST", "/accounts/:phone/typing", 204, on.type),
    route("DELETE", "/accounts/:phone/files", 204, on.deleteFiles),
    route("POST", "/accounts/:phone/calls", 201, on.call),
    route("DELETE", "/accounts/:phone/calls/:call", 204, on.endCall),
    route("POST", "/groups", 201, on.createGroup),
    route("GET", "/groups/:group", 200, on.showGroup),
    route("PATCH", "/groups/:group", 200, on.changeGroup),
    route("POST", "/groups/:group/requests", 204, on.askToJoin),
    route("POST", "/channels", 201, on.createChannel),
    route("GET", "/channels/:channel", 200, on.showChannel),
    route("PATCH", "/channels/:channel", 200, on.changeChannel),
    route("POST", "/channels/:channel/messages", 201, on.post),
    route("PATCH", "/channels/:channel/messages/:message", 204, on.editPost),
    route("DELETE", "/channels/:channel/messages/:message", 204, on.deletePost),
    route("DELETE", "/media", 204, on.expireMedia),
    route("POST", "/faults", 204, on.addFault),
    route("DELETE", "/faults", 204, on.clearFaults),
    route("GET", "/stats", 200, on.stats),
    route("GET", "/media-host", 200, on.mediaHost),
    route("GET", "/ca.pem", 200, on.ca),
  ];
}

/** @throws {SimulatorError} NOT_FOUND, METHOD_NOT_ALLOWED */
export function findRoute(routes: readonly Route[], method: string, path: string) {
  const candidates = routes.flatMap((route) => {
    const params = match(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  const found = candidates.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  if (candidates.length === 0) throw new SimulatorError("NOT_FOUND", `nothing at ${path}`);
  const allowed = candidates.map(({ route }) => route.method).join(", ");
  throw new SimulatorError("METHOD_NOT_ALLOWED", `${path} answers ${allowed}`);
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split("/");
  const actual = path.split("/");
  if (expected.length !== actual.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = actual[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new SimulatorError("BAD_REQUEST", "the path is not a valid URL path");
  }
}
