import { randomBytes } from "node:crypto";
import type { Account } from "../../simulator/index.ts";
import type { Calls } from "./calls.ts";
import { eventually } from "./eventually.ts";

/** A message with an attachment, as its instance lists it. */
export interface ShownCopy {
  readonly id: string;
  readonly uid: string;
  readonly media: {
    readonly url: string;
    readonly copy: {
      readonly state: string;
      readonly storedAt: string | null;
      readonly error: string | null;
    } | null;
  };
}

/** The message with this id; nothing until it is there. */
export async function shownCopy(
  { get }: Pick<Calls, "get">,
  id: string,
  instance = "me",
): Promise<ShownCopy | undefined> {
  const path = `/instances/${instance}/messages?hasMedia=true&limit=100`;
  return (await get<readonly ShownCopy[]>(path)).body.find((each) => each.id === id);
}

/** The same once its copy has come so far. */
export function copyReaches(
  calls: Pick<Calls, "get">,
  id: string,
  wanted: (copy: ShownCopy["media"]["copy"]) => boolean,
  instance = "me",
): Promise<ShownCopy> {
  let last: ShownCopy | undefined;
  const look = async () => {
    last = await shownCopy(calls, id, instance);
    return last && wanted(last.media.copy) ? last : undefined;
  };
  return eventually(look, () => `the copy is ${JSON.stringify(last?.media.copy)}`);
}

export const isStored = (copy: ShownCopy["media"]["copy"]) => copy?.state === "STORED";

/** Somebody sends a picture nobody has seen. */
export async function sendPicture(
  from: Account,
  to: string,
  bytes: Buffer = randomBytes(20_000),
): Promise<{ readonly id: string; readonly bytes: Buffer }> {
  const { id } = await from.send(to, { image: { bytes, mimetype: "image/jpeg", caption: "look" } });
  return { id, bytes };
}

/** What a link answers. */
export async function read(url: string) {
  const response = await fetch(url);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, bytes, headers: response.headers };
}
