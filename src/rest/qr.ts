import { z } from "zod";
import { qrPng, qrSvg, qrTerminal } from "../lib/qr.ts";
import { alias } from "./alias.ts";
import type { Answer } from "./answer.ts";
import { settled } from "./answer.ts";
import { RequestQrDocument } from "./generated/operations.ts";

/** How long a call waits for a code, in milliseconds: WhatsApp gives the first within a second or two. */
const WAIT_MS = 10_000;

const FORMATS = ["json", "svg", "png", "text"] as const;
type Format = (typeof FORMATS)[number];

const MEDIA_TYPES: readonly (readonly [mediaType: string, Format])[] = [
  ["application/json", "json"],
  ["image/svg+xml", "svg"],
  ["image/png", "png"],
  ["text/plain", "text"],
];

/** The first of the caller's media types that there is; JSON for those who take anything. */
function formatFor(accept: string | null): Format {
  for (const entry of (accept ?? "").split(",")) {
    const wanted = entry.split(";", 1)[0]?.trim().toLowerCase();
    const [, format] = MEDIA_TYPES.find(([mediaType]) => mediaType === wanted) ?? [];
    if (format) return format;
  }
  return "json";
}

function drawn(format: Exclude<Format, "json">, text: string): Answer {
  switch (format) {
    case "svg":
      return { status: 200, mediaType: "image/svg+xml", body: qrSvg(text) };
    case "png":
      return { status: 200, mediaType: "image/png", body: qrPng(text) };
    case "text":
      return { status: 200, mediaType: "text/plain; charset=utf-8", body: qrTerminal(text) };
  }
}

export const qrAlias = alias({
  method: "GET",
  path: "/instances/:id/qr",
  summary: "The QR code to scan, as JSON, a picture, or drawn with characters",
  query: z.strictObject({ format: z.enum(FORMATS).optional() }),
  document: RequestQrDocument,
  variables: ({ params: { id } }) => ({ id, waitMs: WAIT_MS }),
  answer: ({ requestQr }, { params, query, headers }) =>
    settled(requestQr, ({ text, expiresAt }) => {
      const format = query.format ?? formatFor(headers.get("accept"));
      if (format !== "json") return drawn(format, text);
      const image = `data:image/png;base64,${qrPng(text).toString("base64")}`;
      return { status: 200, body: { instanceId: params.id, qr: text, image, expiresAt } };
    }),
});
