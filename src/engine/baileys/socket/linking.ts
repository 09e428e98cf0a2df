import { GatewayError } from "../../../domain/errors.ts";
import type { Fact } from "../../engine.ts";
import type { WASocket } from "../library.ts";

/** WhatsApp's web client shows the first QR code for a minute and each of the other five for 20 s. */
const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;

/** A pairing code holds as long as the QR codes beside it: when those run out, the socket closes. */
const PAIRING_CODE_MS = FIRST_QR_MS + 5 * NEXT_QR_MS;

export interface Linking {
  /** To be called with each QR text. */
  show(text: string): void;
  /** Whether a QR code has been shown. */
  readonly shown: boolean;
  /** Waits for the first QR code: only then the server takes a pairing code. */
  requestCode(socket: WASocket, phone: string): Promise<void>;
}

export function createLinking(report: (fact: Fact) => void, qrTtlMs: number | undefined): Linking {
  const first = Promise.withResolvers<void>();
  let shown = 0;
  return {
    get shown() {
      return shown > 0;
    },
    show(text) {
      const ttlMs = qrTtlMs ?? (shown === 0 ? FIRST_QR_MS : NEXT_QR_MS);
      shown += 1;
      report({ kind: "qr", text, expiresAt: new Date(Date.now() + ttlMs) });
      first.resolve();
    },
    async requestCode(socket, phone) {
      await first.promise;
      const code = await socket.requestPairingCode(phone);
      if (!code) throw new GatewayError("UNAVAILABLE", "WhatsApp gave no pairing code.");
      report({ kind: "pairing-code", code, expiresAt: new Date(Date.now() + PAIRING_CODE_MS) });
    },
  };
}
