import type { Media } from "../domain/message.ts";
import { builder } from "./builder.ts";

export const MediaType = builder.objectRef<Media>("Media").implement({
  description: "What is known of an attachment. Without the bytes themselves.",
  fields: (t) => ({
    mimetype: t.exposeString("mimetype", { description: "As the sender states it." }),
    // Not an Int: a file may be larger than its 31 bits.
    size: t.exposeFloat("size", {
      nullable: true,
      description: "In bytes, a whole number, as the sender states it.",
    }),
    fileName: t.exposeString("fileName", { nullable: true, description: "Of documents." }),
    width: t.exposeInt("width", { nullable: true, description: "In pixels." }),
    height: t.exposeInt("height", { nullable: true, description: "In pixels." }),
    duration: t.exposeInt("duration", { nullable: true, description: "In seconds." }),
    sha256: t.exposeString("sha256", {
      nullable: true,
      description: "SHA-256 of the plain bytes, base64.",
    }),
  }),
});
