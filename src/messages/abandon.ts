import type { InstanceId, MessageId } from "../domain/ids.ts";
import type { Claim } from "../store/ownership.ts";
import type { Tx } from "../store/writer.ts";
import type { RecordWithin } from "./outcomes.ts";

/** Messages that are given up with one statement; an account has 10,000 at most. */
const PAGE = 500;

const ERROR = {
  code: "NOT_LINKED",
  message: "The account was logged out before this message was sent.",
  whatsappCode: null,
} as const;

/**
 * The link of an account is gone: what waits must not leave from the next phone that is linked, and is told
 * to have failed in the same transaction in which the link ends.
 * @returns the uids of the messages, whose files nobody needs any more once it is committed
 */
export async function abandonAll(
  tx: Tx,
  { instanceId, epoch }: Claim & { readonly instanceId: InstanceId },
  record: RecordWithin,
): Promise<readonly string[]> {
  const given: string[] = [];
  for (let after = ""; ; after = given.at(-1) ?? "") {
    const rows = await tx.db.message.findMany({
      where: { instanceId, status: { in: ["QUEUED", "SENDING"] }, uid: { gt: after } },
      select: { uid: true, id: true },
      orderBy: { uid: "asc" },
      take: PAGE,
    });
    if (rows.length === 0) return given;
    const ids = rows.map(({ id }) => id as MessageId);
    const failed = { status: "FAILED", at: new Date(), error: ERROR } as const;
    await record(tx, [{ instanceId, epoch, ids, ...failed, chat: null, participant: null }]);
    given.push(...rows.map(({ uid }) => uid));
  }
}
