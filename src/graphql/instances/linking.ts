import type { PairingCode, Qr } from "../../domain/instance.ts";
import { qrSvg } from "../../lib/qr.ts";
import { builder } from "../builder.ts";

export const QrCodeType = builder.objectRef<Qr>("QrCode").implement({
  description:
    "A QR code to scan with the phone: WhatsApp, Settings, Linked devices, Link a device. A new one follows about every 20 seconds.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "What the code says, to draw it yourself." }),
    svg: t.string({
      description: "The drawn code, a whole SVG document with its white border.",
      resolve: ({ text }) => qrSvg(text),
    }),
    expiresAt: t.expose("expiresAt", {
      type: "DateTime",
      description: "After this time WhatsApp does not take it any more.",
    }),
  }),
});

export const PairingCodeType = builder.objectRef<PairingCode>("PairingCode").implement({
  description:
    "A code to type into the phone instead of scanning: Linked devices, Link with phone number instead.",
  fields: (t) => ({
    code: t.exposeString("code", {
      description: "The eight characters, without the hyphen that phones show.",
    }),
    expiresAt: t.expose("expiresAt", {
      type: "DateTime",
      description: "After this time WhatsApp does not take it any more.",
    }),
  }),
});
