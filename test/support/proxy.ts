import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";

/** A small proxy that asks for a user and a password. */
export interface TestProxy extends AsyncDisposable {
  readonly port: number;
  /** Where it was asked to lead to, as `host:port`. */
  readonly targets: readonly string[];
}

export const CREDENTIALS = { user: "operator", password: "p:ss word" } as const;

const { user, password } = CREDENTIALS;

/** What goes into a URL before the `@`. */
export const USER_INFO = `${user}:${encodeURIComponent(password)}`;

/** HTTP CONNECT (RFC 9110, 9.3.6). */
export async function startHttpProxy(): Promise<TestProxy> {
  const targets: string[] = [];
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const server = createServer();
  server.on("connect", ({ url = "", headers }, socket: Socket) => {
    if (headers["proxy-authorization"] !== expected) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    targets.push(url);
    lead(socket, url, () => socket.write("HTTP/1.1 200 OK\r\n\r\n"));
  });
  return started(server, targets);
}

/** SOCKS 5 (RFC 1928) with user and password (RFC 1929). */
export async function startSocksProxy(): Promise<TestProxy> {
  const targets: string[] = [];
  const server = createTcpServer((socket) => {
    socket.on("error", () => socket.destroy());
    void serveSocks(socket, targets).catch(() => socket.destroy());
  });
  return started(server, targets);
}

async function serveSocks(socket: Socket, targets: string[]): Promise<void> {
  const [, methods = 0] = await read(socket, 2);
  await read(socket, methods);
  socket.write(Buffer.from([5, 2]));
  const [, nameLength = 0] = await read(socket, 2);
  const name = (await read(socket, nameLength)).toString();
  const [secretLength = 0] = await read(socket, 1);
  const secret = (await read(socket, secretLength)).toString();
  const isKnown = name === user && secret === password;
  socket.write(Buffer.from([1, isKnown ? 0 : 1]));
  if (!isKnown) {
    socket.end();
    return;
  }
  const [, , , kind] = await read(socket, 4);
  const host =
    kind === 1
      ? [...(await read(socket, 4))].join(".")
      : (await read(socket, (await read(socket, 1))[0] ?? 0)).toString();
  const target = `${host}:${(await read(socket, 2)).readUInt16BE()}`;
  targets.push(target);
  lead(socket, target, () => socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
}

async function read(socket: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const chunk = socket.read(bytes) as Buffer | null;
    if (chunk) return chunk;
    await once(socket, "readable");
  }
}

function lead(socket: Socket, target: string, ready: () => void): void {
  const at = target.lastIndexOf(":");
  const far = connect(Number(target.slice(at + 1)), target.slice(0, at));
  far.once("connect", () => {
    ready();
    socket.pipe(far).pipe(socket);
  });
  for (const [one, other] of [
    [socket, far],
    [far, socket],
  ] as const) {
    one.on("error", () => other.destroy());
    one.on("close", () => other.destroy());
  }
}

async function started(server: Server | HttpServer, targets: string[]): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    targets,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close").catch(() => undefined);
    },
  };
}
