import type { WebSocket } from "ws";
import type { Fault, Faults } from "../faults/faults.ts";
import { conflict, streamError } from "../login/goodbyes.ts";
import { Session, type SessionRooms } from "../login/session.ts";
import type { ClientHello } from "../noise/responder.ts";
import type { ServerCertificate } from "../noise/server-certificate.ts";
import type { Pairing } from "../pairing/pairing.ts";
import { PairingSession } from "../pairing/pairing-session.ts";
import { parseDevice } from "../protocol/jid.ts";
import type { BinaryNode } from "../protocol/nodes.ts";
import type { Stats } from "../stats.ts";
import { Connection } from "./connection.ts";

/** WhatsApp's own code when it restarts a server. */
const SERVICE_UNAVAILABLE = 503;

interface Client {
  readonly connection: Connection;
  session: Session | PairingSession | undefined;
}

/** Everyone who is connected, linked or about to be. */
export class Clients {
  readonly #clients = new Set<Client>();
  readonly #certificate: ServerCertificate;
  readonly #pairing: Pairing;
  readonly #rooms: SessionRooms;
  readonly #faults: Faults;
  readonly #stats: Stats;

  constructor(
    certificate: ServerCertificate,
    pairing: Pairing,
    rooms: SessionRooms,
    faults: Faults,
    stats: Stats,
  ) {
    this.#certificate = certificate;
    this.#pairing = pairing;
    this.#rooms = rooms;
    this.#faults = faults;
    this.#stats = stats;
  }

  accept(socket: WebSocket): void {
    this.#stats.add("connections");
    const connection = new Connection(socket, this.#certificate, {
      onOpen: (hello) => this.#open(client, hello),
      onNode: (node) => this.#pass(client, node),
      onClose: () => this.#close(client),
      onJunk: () => this.#stats.add("junk"),
    });
    const client: Client = { connection, session: undefined };
    this.#clients.add(client);
  }

  /** Does to the connections of one account, or of all, what a fault does at once. */
  hit(fault: Fault): void {
    for (const client of this.#clients) {
      const { connection, session } = client;
      const phone = session instanceof Session ? session.phone : undefined;
      if (fault.phone !== undefined && fault.phone !== phone) continue;
      if (fault.kind === "drop") connection.terminate();
      else if (fault.kind === "conflict") connection.bye(conflict("replaced"));
      else if (fault.kind === "streamError") {
        connection.bye(streamError(fault.code ?? SERVICE_UNAVAILABLE));
      } else if (fault.kind === "badFrame") {
        for (let sent = 0; sent < (fault.count ?? 1); sent += 1) connection.sendJunk();
      } else if (phone !== undefined) this.#disturb(connection, phone);
    }
  }

  /** All connections work again. */
  restore(): void {
    for (const { connection } of this.#clients) {
      connection.inbound.restore();
      connection.outbound.restore();
    }
  }

  terminate(): void {
    for (const { connection } of this.#clients) connection.terminate();
  }

  #open(client: Client, hello: ClientHello): void {
    const { connection } = client;
    if (hello.payload.devicePairingData) {
      const session = new PairingSession(connection, hello);
      client.session = session;
      this.#pairing.open(session);
      return;
    }
    const phone = parseDevice(`${String(hello.payload.username)}@s.whatsapp.net`)?.phone ?? "";
    this.#disturb(connection, phone);
    client.session = Session.open(connection, hello, this.#rooms);
  }

  /** A silence or a delay that stands for an account also holds for its next connection. */
  #disturb(connection: Connection, phone: string): void {
    const silenceMs = this.#faults.silenceLeftMs(phone);
    if (silenceMs > 0) {
      connection.inbound.silence(silenceMs);
      connection.outbound.silence(silenceMs);
    }
    connection.outbound.slow(this.#faults.delayMs(phone));
  }

  #pass(client: Client, node: BinaryNode): void {
    if (client.session instanceof Session) client.session.accept(node);
    else if (client.session !== undefined) this.#pairing.accept(client.session, node);
  }

  #close(client: Client): void {
    this.#clients.delete(client);
    if (client.session instanceof Session) client.session.close();
    else if (client.session !== undefined) this.#pairing.close(client.session);
  }
}
