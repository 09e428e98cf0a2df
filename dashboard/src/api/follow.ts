import type { TypedDocumentString } from "./generated/operations.ts";
import { createClient } from "graphql-ws";
import { connectionLives, connectionLost } from "./connection.ts";
import { checkSession } from "./session.ts";

/** The first attempt comes soon, later ones every ten seconds: a gateway that restarts is back in two. */
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 10_000;

/** Ends what it was given for. */
export type Stop = () => void;

export interface FollowOptions<Data, Variables> {
  /** Asked at every attempt, so that a stream goes on at its latest cursor. */
  readonly variables: () => Variables;
  readonly onData: (data: Data) => void;
  /** The gateway refuses the operation itself, in its words. It is not tried again. */
  readonly onRefused?: (message: string) => void;
}

/** A network that is gone says nothing; without asking it would look alive for minutes. */
const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;

let open: WebSocket | undefined;
let silence: ReturnType<typeof setTimeout> | undefined;

const socket = createClient({
  url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
  // Pages come and go; between two of them the socket stays.
  lazyCloseTimeout: 5_000,
  // Whoever follows tries again by themselves, from where they stand.
  retryAttempts: 0,
  keepAlive: PING_EVERY_MS,
  on: {
    opened: (opened) => (open = opened as WebSocket),
    connected: connectionLives,
    ping: (isTheirs) => {
      if (!isTheirs) silence = setTimeout(() => open?.close(4408, "No answer"), PONG_WITHIN_MS);
    },
    pong: (isTheirs) => {
      if (isTheirs) clearTimeout(silence);
    },
    closed: () => clearTimeout(silence),
  },
});

const nothing: Stop = () => undefined;

/** Follows a subscription for as long as nobody stops it, through every loss of the connection. */
export function follow<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  { variables, onData, onRefused }: FollowOptions<Data, Variables>,
): Stop {
  const query = document.toString();
  let failures = 0;
  let isStopped = false;
  let end = nothing;

  function begin(): void {
    end = socket.subscribe<Data>(
      { query, variables: variables() },
      {
        next({ data, errors }) {
          failures = 0;
          if (data) onData(data);
          else if (errors?.[0]) onRefused?.(errors[0].message);
        },
        error(error) {
          if (isStopped) return;
          // A list of errors is the gateway's answer to the operation; all else is the connection.
          const [refusal] = Array.isArray(error) ? (error as { message: string }[]) : [];
          if (refusal) {
            onRefused?.(refusal.message);
            return;
          }
          connectionLost();
          retry();
        },
        complete() {
          // The gateway has ended this one stream: asked again it says why, or goes on.
          if (!isStopped) retry();
        },
      },
    );
  }

  function retry(): void {
    const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
    failures += 1;
    const timer = setTimeout(() => void again(), wait * (0.75 + Math.random() / 2));
    // The browser knows first when the network is back.
    const now = (): void => void again();
    window.addEventListener("online", now, { once: true });
    const forget = (): void => {
      clearTimeout(timer);
      window.removeEventListener("online", now);
    };
    end = forget;

    async function again(): Promise<void> {
      forget();
      try {
        if (!(await checkSession()) || isStopped) return;
        begin();
      } catch {
        if (isStopped) return;
        connectionLost();
        retry();
      }
    }
  }

  begin();
  return () => {
    isStopped = true;
    end();
  };
}
