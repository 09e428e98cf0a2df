import { SimulatorError } from "../errors.ts";

/** What a QR code tells the phone that scans it. */
export interface QrText {
  readonly ref: string;
  readonly identity: Buffer;
  readonly advSecret: Buffer;
}

/**
 * Reads both forms of the text: `https://wa.me/settings/linked_devices#ref,noise,identity,secret,…`
 * and the bare comma list of older clients.
 * @throws {SimulatorError} BAD_REQUEST when it is neither
 */
export function parseQrText(text: string): QrText {
  const list = text.slice(text.indexOf("#") + 1).trim();
  const [ref = "", _noiseKey, identity = "", advSecret = ""] = list.split(",");
  const qr = {
    ref,
    identity: Buffer.from(identity, "base64"),
    advSecret: Buffer.from(advSecret, "base64"),
  };
  if (qr.identity.length !== 32 || qr.advSecret.length !== 32) {
    throw new SimulatorError("BAD_REQUEST", "this is not the text of a WhatsApp QR code");
  }
  return qr;
}
