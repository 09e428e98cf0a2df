import { abortable } from "../../lib/abortable.ts";
import { startDeadline } from "../../lib/deadline.ts";
import type { WASocket } from "./library.ts";

/** WhatsApp's answer is awaited no longer: the caller wants the account gone either way. */
const UNLINK_MS = 5_000;

/** Asks WhatsApp to forget this device. Baileys' own way hangs up before the request has left. Never rejects. */
export async function unlink(socket: WASocket): Promise<void> {
  const jid = socket.user?.id;
  if (jid === undefined) return;
  using deadline = startDeadline(UNLINK_MS);
  const request = socket.query({
    tag: "iq",
    attrs: { to: "s.whatsapp.net", type: "set", xmlns: "md" },
    content: [{ tag: "remove-companion-device", attrs: { jid, reason: "user_initiated" } }],
  });
  await abortable(request, deadline.signal).catch(() => {});
}
