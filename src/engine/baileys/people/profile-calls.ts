import { PN_SERVER } from "../../../domain/address.ts";
import type { PeopleCalls } from "../../people-calls.ts";
import { pictureQuery } from "../groups/picture.ts";
import { getBinaryNodeChild } from "../library.ts";
import { instant } from "../translate/numbers.ts";
import { whatsappCodeOf } from "../asking/refusal.ts";
import { askerOf } from "./ask.ts";
import type { During } from "./during.ts";
import { refusalOf } from "./refusal.ts";
import { textIn, usersIn, usyncQuery } from "./usync-query.ts";

type ProfileCalls = Pick<PeopleCalls, "picture" | "about" | "setAbout" | "setPicture">;

/** WhatsApp's answers for who has no picture, and for who hides it. */
const NO_PICTURE: ReadonlySet<number | undefined> = new Set([401, 403, 404]);

/** @param queryMs how long an answer may take */
export function profileCalls(during: During, queryMs: number): ProfileCalls {
  return {
    picture: (jid, isPreview) =>
      during(async (socket) => {
        try {
          // Baileys' own, as it knows the token that shows one to be trusted by them.
          // Without a time of its own it would take silence for having none.
          const size = isPreview ? "preview" : "image";
          return (await socket.profilePictureUrl(jid, size, queryMs)) ?? null;
        } catch (error) {
          if (NO_PICTURE.has(whatsappCodeOf(error))) return null;
          throw refusalOf(error);
        }
      }),
    about: (jid) =>
      during(async (socket) => {
        const users = [{ tag: "user", attrs: { jid } }];
        const query = usyncQuery(socket.generateMessageTag(), ["status"], users);
        const [user] = usersIn(await askerOf(socket)(query));
        const status = getBinaryNodeChild(user, "status");
        if (status === undefined) return null;
        const text = textIn(status);
        return text === "" ? null : { text, since: instant(status.attrs["t"]) ?? null };
      }),
    setAbout: (text) =>
      during(async (socket) => {
        const content = [{ tag: "status", attrs: {}, content: Buffer.from(text) }];
        const attrs = { to: PN_SERVER, type: "set", xmlns: "status" };
        await askerOf(socket)({ tag: "iq", attrs, content });
      }),
    setPicture: (jpeg) =>
      during(async (socket) => {
        await askerOf(socket)(pictureQuery(null, jpeg));
      }),
  };
}
