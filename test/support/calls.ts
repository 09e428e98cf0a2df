/** What came back over HTTP; `body` is parsed where it is JSON, else the text. */
export interface Reply<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The error shape of every REST answer that is one. */
export interface ErrorReply {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details?: Readonly<Record<string, unknown>>;
  };
}

type HeaderRecord = Readonly<Record<string, string>>;

/** Calls as a user's program makes them: over the wire, with JSON. */
export interface Calls {
  get<T>(path: string, headers?: HeaderRecord): Promise<Reply<T>>;
  post<T>(path: string, body?: unknown, headers?: HeaderRecord): Promise<Reply<T>>;
  patch<T>(path: string, body: unknown): Promise<Reply<T>>;
  delete<T>(path: string): Promise<Reply<T>>;
  /** Sends a body as it is: a form, or what is no JSON. */
  send<T>(method: string, path: string, init?: Omit<RequestInit, "method">): Promise<Reply<T>>;
  /** @throws Error with the answer when there are GraphQL errors: failures that are data are not among them. */
  graphql<T>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<T>;
}

/** @param always headers of every call, such as a key */
export function callsTo(base: string, always: HeaderRecord = {}): Calls {
  async function send<T>(method: string, path: string, init: RequestInit = {}): Promise<Reply<T>> {
    const headers = new Headers({ ...always });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    const response = await fetch(`${base}${path}`, { ...init, headers, method });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    const body = (isJson ? JSON.parse(text) : text) as T;
    return { status: response.status, headers: response.headers, body };
  }
  const json = <T>(method: string, path: string, body: unknown, headers?: HeaderRecord) =>
    send<T>(method, path, {
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  return {
    send,
    get: (path, headers) => send("GET", path, headers ? { headers } : {}),
    post: (path, body, headers) =>
      body === undefined
        ? send("POST", path, headers ? { headers } : {})
        : json("POST", path, body, headers),
    patch: (path, body) => json("PATCH", path, body),
    delete: (path) => send("DELETE", path),
    async graphql<T>(query: string, variables: Readonly<Record<string, unknown>> = {}) {
      const { body } = await json<{ data?: T; errors?: unknown }>("POST", "/graphql", {
        query,
        variables,
      });
      if (body.errors !== undefined || body.data === undefined)
        throw new Error(`GraphQL answered ${JSON.stringify(body)}`);
      return body.data;
    },
  };
}
