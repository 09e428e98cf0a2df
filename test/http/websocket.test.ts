import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { keepAlive } from "../../src/http/websocket/keep-alive.ts";
import type { Door } from "./door.ts";
import { KEY, openDoor } from "./door.ts";

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A client that says what it is told to and keeps what it hears. */
class Client implements AsyncDisposable {
  readonly socket: WebSocket;
  readonly heard: Message[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer) => this.heard.push(JSON.parse(String(data)) as Message));
    socket.on("error", () => {});
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: object): void {
    this.say({ id, type: "subscribe", payload: { query, variables } });
  }

  of(id: string): readonly Message[] {
    return this.heard.filter((message) => message.id === id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate();
    if (this.socket.readyState !== WebSocket.CLOSED) await once(this.socket, "close");
  }
}

async function connected(door: Door, payload?: object): Promise<Client> {
  const client = new Client(door.socket());
  await once(client.socket, "open");
  client.say({ type: "connection_init", payload });
  await expect.poll(() => client.heard.length).toBe(1);
  return client;
}

async function closeOf(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, "close")) as [number];
  return code;
}

async function refusalOf(socket: WebSocket): Promise<number | undefined> {
  socket.on("error", () => {});
  const [, response] = (await once(socket, "unexpected-response")) as [
    object,
    { statusCode?: number },
  ];
  socket.terminate();
  return response.statusCode;
}

describe("the pipeline is the one of HTTP", () => {
  test("operations of every kind are answered", async () => {
    await using door = await openDoor();
    await using client = await connected(door);
    client.subscribe("1", "{ caller }");
    client.subscribe("2", "mutation ($text: String!) { echo(text: $text) }", { text: "abc" });
    await expect.poll(() => client.of("2").at(-1)?.type).toBe("complete");
    expect(client.of("1")[0]).toMatchObject({ payload: { data: { caller: "local" } } });
    expect(client.of("2")[0]).toMatchObject({ payload: { data: { echo: "3" } } });
  });

  test.each([
    ["too deep", `{ ${"node { ".repeat(20)} name ${"} ".repeat(20)} }`, "depth"],
    ["too long", `{ caller } #${"x".repeat(40_000)}`, "longer"],
    ["not GraphQL", "{", "Syntax Error"],
    ["not in the schema", "{ nothing }", "Cannot query field"],
    ["without an operation", "fragment f on Query { caller }", ""],
  ])("a query that is %s is an error, and the socket stays", async (_name, query, message) => {
    await using door = await openDoor();
    await using client = await connected(door);
    client.subscribe("1", query);
    await expect.poll(() => client.of("1")).toHaveLength(1);
    expect(client.of("1")[0]).toMatchObject({
      type: "error",
      payload: [{ message: expect.stringContaining(message) as string }],
    });
    expect(JSON.stringify(client.heard)).not.toContain('"http"');
    client.subscribe("2", "{ caller }");
    await expect.poll(() => client.of("2")).toHaveLength(2);
  });

  test.each([
    ["a resolver", "{ bug }"],
    ["a stream", "subscription { breaks }"],
  ])("what breaks in %s is masked", async (_name, query) => {
    await using door = await openDoor();
    await using client = await connected(door);
    client.subscribe("1", query);
    await expect.poll(() => JSON.stringify(client.heard)).toContain("INTERNAL");
    expect(JSON.stringify(client.heard)).not.toContain("secret");
    expect(door.seen.lines.join("")).toContain("secret detail");
  });

  test("what is meant for the caller is not", async () => {
    await using door = await openDoor();
    await using client = await connected(door);
    client.subscribe("1", "{ refused }");
    await expect.poll(() => JSON.stringify(client.heard)).toContain("NOT_LINKED");
    expect(JSON.stringify(client.heard)).toContain("Link it first.");
  });
});

describe("keys", () => {
  test.each([
    ["x-api-key", KEY],
    ["authorization", `Bearer ${KEY}`],
  ])("%s in connection_init opens", async (name, value) => {
    await using door = await openDoor({ apiKey: KEY });
    await using client = await connected(door, { [name]: value });
    expect(client.heard[0]).toMatchObject({ type: "connection_ack" });
  });

  test("a wrong key or none closes with 4403", async () => {
    await using door = await openDoor({ apiKey: KEY });
    for (const payload of [undefined, {}, { "x-api-key": "wrong" }]) {
      await using client = new Client(door.socket());
      await once(client.socket, "open");
      client.say({ type: "connection_init", payload });
      expect(await closeOf(client.socket)).toBe(4403);
    }
  });

  test("a key in the headers of the upgrade is judged at once", async () => {
    await using door = await openDoor({ apiKey: KEY });
    expect(await refusalOf(door.socket({ headers: { "x-api-key": "wrong" } }))).toBe(401);
    await using client = new Client(door.socket({ headers: { authorization: `Bearer ${KEY}` } }));
    await once(client.socket, "open");
    client.say({ type: "connection_init" });
    await expect.poll(() => client.heard[0]?.type).toBe("connection_ack");
  });

  test("nothing is answered before connection_init", async () => {
    await using door = await openDoor({ apiKey: KEY });
    await using client = new Client(door.socket());
    await once(client.socket, "open");
    client.subscribe("1", "{ caller }");
    expect(await closeOf(client.socket)).toBe(4401);
  });
});

describe("the way in", () => {
  test.each(["/", "/graphql/", "/x/graphql"])("no socket at %s", async (path) => {
    await using door = await openDoor();
    expect(await refusalOf(door.socket({}, path))).toBe(404);
  });

  test("only graphql-transport-ws is spoken", async () => {
    await using door = await openDoor();
    const url = `ws://127.0.0.1:${door.port}/graphql`;
    expect(await refusalOf(new WebSocket(url, "graphql-ws"))).toBe(400);
    expect(await refusalOf(new WebSocket(url))).toBe(400);
  });

  test("a request to speak HTTP/2 is answered in HTTP/1", async () => {
    await using door = await openDoor();
    const headers = { connection: "upgrade, http2-settings", upgrade: "h2c" };
    expect((await door.query("{ caller }", headers)).status).toBe(200);
  });
});

describe("bounds", () => {
  test("a frame that is too large closes the socket", async () => {
    await using door = await openDoor();
    await using client = await connected(door);
    client.subscribe("1", "{ caller }", { text: "x".repeat(300_000) });
    expect(await closeOf(client.socket)).toBe(1009);
  });

  test("one operation more than a socket carries is refused, the others go on", async () => {
    await using door = await openDoor();
    await using client = await connected(door);
    for (let id = 1; id <= 51; id += 1) client.subscribe(String(id), "subscription { silence }");
    await expect.poll(() => client.of("51")).toHaveLength(1);
    expect(client.of("51")[0]).toMatchObject({ type: "error" });
    await expect.poll(() => door.seen.running).toBe(50);
    client.say({ id: "1", type: "complete" });
    await expect.poll(() => door.seen.running).toBe(49);
    client.subscribe("52", "{ caller }");
    await expect.poll(() => client.of("52").at(-1)?.type).toBe("complete");
  });

  test("who floods a socket with operations is hung up on", async () => {
    await using door = await openDoor();
    await using client = await connected(door);
    for (let id = 1; id <= 5_000; id += 1) client.subscribe(String(id), "subscription { silence }");
    expect(await closeOf(client.socket)).toBe(4429);
    const refused = client.heard.filter(({ type }) => type === "error");
    expect(refused.length).toBeLessThanOrEqual(101);
    await expect.poll(() => door.seen.running).toBe(0);
  });

  test("what is no message closes the socket and is no crash", async () => {
    await using door = await openDoor();
    for (const text of ["{", "null", '{"type":"nothing"}', '{"type":"subscribe"}']) {
      await using client = await connected(door);
      client.socket.send(text);
      expect(await closeOf(client.socket)).toBeGreaterThanOrEqual(4_400);
    }
    expect((await door.query("{ caller }")).status).toBe(200);
  });
});

describe("the end of a socket ends its streams", () => {
  test.each(["silence", "ticks"])("%s", async (field) => {
    await using door = await openDoor();
    await using client = await connected(door);
    client.subscribe("1", `subscription { ${field} }`);
    await expect.poll(() => client.of("1").length).toBeGreaterThan(0);
    client.socket.terminate();
    await expect.poll(() => door.seen.running).toBe(0);
  });

  test("before the first item, too", async () => {
    await using door = await openDoor();
    await using client = await connected(door);
    client.subscribe("1", "subscription { late }");
    await expect.poll(() => door.seen.running).toBe(1);
    client.socket.terminate();
    await expect.poll(() => door.seen.running).toBe(0);
  });

  test("a stalled reader holds a backlog up, and its death does not have the rest read for nobody", async () => {
    await using door = await openDoor();
    await using client = await connected(door);
    client.socket.pause();
    client.subscribe("1", "subscription { backlog }");
    let before = -1;
    // Full buffers on both sides: nothing more is asked for.
    const stalled = (): boolean => {
      const still = door.seen.yielded > 0 && door.seen.yielded === before;
      before = door.seen.yielded;
      return still;
    };
    await expect.poll(stalled, { interval: 40, timeout: 10_000 }).toBe(true);
    expect(before).toBeLessThan(100_000);
    client.socket.terminate();
    await expect.poll(() => door.seen.running).toBe(0);
    expect(door.seen.yielded - before).toBeLessThan(200);
  });

  test("our own goodbye does not have the rest of a backlog read for nobody", async () => {
    await using door = await openDoor();
    await using client = await connected(door);
    client.subscribe("1", "subscription { ticks }");
    await expect.poll(() => client.of("1").length).toBeGreaterThan(10);
    const before = door.seen.yielded;
    await door[Symbol.asyncDispose]();
    expect(door.seen.running).toBe(0);
    // The stream would give 50 in every turn of the event loop that the goodbyes take.
    expect(door.seen.yielded - before).toBeLessThan(10);
  });
});

test("a peer that does not answer pings is cut off, one that does is not", async () => {
  await using door = await openDoor();
  await using client = new Client(door.socket());
  const { socket } = client;
  await once(socket, "open");
  // From the client's end, where the clock can be fast: the peer that answers is the server.
  using _pings = keepAlive(new Set([socket]), 10);
  await once(socket, "pong");
  await once(socket, "pong");
  expect(socket.readyState).toBe(WebSocket.OPEN);
  const closed = once(socket, "close");
  socket.pause();
  await expect.poll(() => socket.readyState).not.toBe(WebSocket.OPEN);
  socket.resume();
  await closed;
});
