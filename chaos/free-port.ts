import { once } from "node:events";
import { createServer } from "node:net";
import type { Random } from "./random.ts";

/**
 * Below the ports that systems give to outgoing connections. Clients keep knocking while the gateway
 * is dead, and a loopback connection to a port from that range may be given the very same port as its
 * own: it would talk to itself, and the gateway could not have the port again.
 */
const RANGE = { least: 20_000, most: 32_000 };

/** A port that nobody listens on, to be used by one process after another. */
export async function freePort(random: Random): Promise<number> {
  for (;;) {
    const port = random.between(RANGE.least, RANGE.most);
    const server = createServer();
    const taken = once(server, "error").then(() => true);
    const listening = once(server, "listening").then(() => false);
    server.listen(port, "127.0.0.1");
    const busy = await Promise.race([taken, listening]);
    await new Promise((done) => server.close(done));
    if (!busy) return port;
  }
}
