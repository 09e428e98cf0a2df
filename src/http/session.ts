import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Access } from "../access/access.ts";
import type { Caller } from "../domain/caller.ts";
import type { Admission, Knock, OnKeyUse } from "./admission.ts";
import { takeTurn } from "./admission.ts";
import { isPreflighted, PREFLIGHT_HEADER } from "./preflight.ts";
import { Refusal } from "./refusal.ts";
import type { SessionCookie } from "./session-cookie.ts";

export interface SessionParts {
  readonly access: Access;
  readonly admission: Admission;
  readonly onKeyUse: OnKeyUse;
  readonly cookie: SessionCookie;
  /** There in the demo alone: its pages can use the phones of the simulated WhatsApp. */
  readonly simulator: RequestListener | undefined;
}

/**
 * `/session`, for pages in a browser, which should not keep a key: POST with a key signs in, GET tells
 * who is signed in, DELETE signs out. The cookie that stands for the key cannot be read by any script.
 * @returns whether the request was for it and is answered.
 * @throws Refusal 400, 401, 403, 405
 */
export function answerSession(
  knock: Knock,
  response: ServerResponse,
  { access, admission, onKeyUse, cookie, simulator }: SessionParts,
): boolean {
  const { request, target, requestId } = knock;
  const gateway = { keyed: access.keyed, simulator: simulator !== undefined };
  if (target.pathname !== "/session") return false;
  switch (request.method ?? "GET") {
    case "GET": {
      const { caller } = admission.admit(knock);
      sendJson(response, { ...gateway, ...whoIs(caller) });
      return true;
    }
    case "POST": {
      expectPage(request);
      const admitted = admission.admit(knock);
      const { caller, bySession } = admitted;
      takeTurn(admitted);
      if (bySession) throw new Refusal(401, "UNAUTHENTICATED", "Send the key to sign in with.");
      const session = access.signIn(caller);
      if (session) {
        const { keyId, name: actor } = caller;
        const address = request.socket.remoteAddress ?? null;
        onKeyUse({ action: "signIn", result: "OK", keyId, actor, address, requestId });
        const seconds = Math.floor((session.expiresAt.getTime() - Date.now()) / 1_000);
        response.setHeader("set-cookie", cookie.write(session.token, seconds));
      }
      sendJson(response, { ...gateway, ...whoIs(caller), expiresAt: session?.expiresAt });
      return true;
    }
    case "DELETE": {
      expectPage(request);
      access.signOut(cookie.read(request.headers.cookie));
      response.setHeader("set-cookie", cookie.write("", 0));
      response.writeHead(204).end();
      return true;
    }
    default:
      throw new Refusal(405, "METHOD_NOT_ALLOWED", "/session takes GET, POST and DELETE.", {
        allow: "GET, POST, DELETE",
      });
  }
}

/** Somebody else's page must not sign people in as somebody else, nor out. */
function expectPage({ headers }: IncomingMessage): void {
  if (isPreflighted(headers)) return;
  throw new Refusal(400, "BAD_INPUT", `Signing in and out needs the header ${PREFLIGHT_HEADER}.`);
}

/** What a page needs in order to show only what its user may do. */
function whoIs({ name, keyId, scopes, instances }: Caller): object {
  return {
    name,
    keyId,
    scopes: scopes && [...scopes],
    instanceIds: instances && [...instances],
  };
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(JSON.stringify(body));
}
