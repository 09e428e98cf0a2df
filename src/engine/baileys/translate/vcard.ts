import type { ContactCard } from "../../../domain/content.ts";
import type { proto } from "../library.ts";

/** Longer than a card with a picture in it; what a stranger sends must not fill the log. */
const MAX_VCARD = 64 * 1_024;

export function contactCard({ displayName, vcard }: proto.Message.IContactMessage): ContactCard {
  const card = (vcard ?? "").slice(0, MAX_VCARD);
  const name = displayName || valueOf(linesOf(card), "FN");
  return { name: name || null, phones: phonesIn(card), vcard: card };
}

/** The numbers of a card as digits. WhatsApp writes the number that it knows beside what the user typed (`waid`). */
function phonesIn(vcard: string): readonly string[] {
  const numbers = linesOf(vcard).flatMap((line) => {
    const found = /^(?:[\w-]+\.)?TEL([^:]*):(.*)$/i.exec(line);
    if (!found) return [];
    const [, parameters = "", value = ""] = found;
    const known = /;waid=(\d+)/i.exec(parameters)?.[1];
    return [known ?? value.replaceAll(/\D/g, "")];
  });
  return [...new Set(numbers)].filter((digits) => digits !== "");
}

/** A long line goes on after a line break and a space. */
function linesOf(vcard: string): readonly string[] {
  return vcard.replaceAll(/\r?\n[ \t]/g, "").split(/\r?\n/);
}

function valueOf(lines: readonly string[], property: string): string | undefined {
  const start = new RegExp(`^(?:[\\w-]+\\.)?${property}[^:]*:`, "i");
  return lines.find((line) => start.test(line))?.replace(start, "");
}
