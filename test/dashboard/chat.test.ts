import { describe, expect, test } from "vitest";
import { noBrowser, openPage, useBrowser } from "../support/browser.ts";
import { startTestGateway } from "../support/gateway.ts";

const browser = useBrowser();

const ME = "5511999990001";
const ALICE = "5511999990002";

/** The smallest picture there is. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe.skipIf(noBrowser)("chat on the dashboard", () => {
  test("both ways, answered, with ticks that move while one looks", async () => {
    await using gateway = await startTestGateway();
    await gateway.linked("me", ME);
    const alice = await gateway.wa.account(ALICE, { name: "Alice" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/chat/me");
    const { page } = watched;
    await page.getByText("No messages yet").waitFor();
    await alice.send(ME, { text: "Are you open?" });
    await page.getByRole("link", { name: /Alice/ }).click();
    const log = page.getByRole("log");
    await log.getByText("Are you open?").waitFor();

    await log.getByRole("button", { name: "Reply" }).click();
    const field = page.getByRole("textbox", { name: "Message" });
    await field.fill("Until six");
    await field.press("Enter");
    const answer = await alice.waitFor(({ text }) => text === "Until six");
    expect(answer.quotedId).toBeTruthy();
    const mine = log.getByRole("article", { name: "You" });
    await mine.getByText("Delivered").waitFor();
    await alice.receipt({ to: ME, ids: [answer.id], type: "read" });
    await mine.getByText("Read", { exact: true }).waitFor();
    await mine.getByText("Are you open?").waitFor();

    const { id } = await alice.send(ME, { text: "Thanks" });
    const thanks = log.getByRole("article", { name: "Alice" }).filter({ hasText: "Thanks" });
    await thanks.getByRole("button", { name: "React", exact: true }).click();
    await thanks.getByRole("button", { name: "React 👍" }).click();
    await alice.waitFor(({ type, targetId }) => type === "reaction" && targetId === id);
    await thanks.locator("p").getByText("👍", { exact: true }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("files go out by drop and by button, and what comes is shown and played", async () => {
    await using gateway = await startTestGateway();
    await gateway.linked("me", ME);
    const alice = await gateway.wa.account(ALICE, { name: "Alice" });
    await alice.send(ME, { image: { bytes: PIXEL, mimetype: "image/png", caption: "look" } });
    await alice.send(ME, { audio: { bytes: Buffer.from("OggS"), mimetype: "audio/ogg" } });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/chat/me");
    const { page } = watched;
    await page.getByRole("link", { name: /Alice/ }).click();
    const log = page.getByRole("log");
    const picture = log.getByRole("img", { name: "Picture" });
    await picture.waitFor();
    const isShown = () =>
      picture.evaluate((image: unknown) => (image as { naturalWidth: number }).naturalWidth);
    await expect.poll(isShown).toBe(1);
    await log.locator("audio").waitFor();

    await page.locator('input[type="file"]').setInputFiles({
      name: "prices.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("one: 1"),
    });
    const file = await alice.waitFor(({ fileName }) => fileName === "prices.txt");
    expect(Buffer.from(file.bytes ?? []).toString()).toBe("one: 1");
    await log.getByText("prices.txt").waitFor();

    await page.evaluate(
      (bytes) => {
        const dropped = new DataTransfer();
        dropped.items.add(new File([Uint8Array.from(bytes)], "dot.png", { type: "image/png" }));
        const target = document.querySelector('[role="log"]');
        target?.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true }));
      },
      [...PIXEL],
    );
    const image = await alice.waitFor(({ type }) => type === "image");
    expect(Buffer.from(image.bytes ?? [])).toEqual(PIXEL);
    expect(watched.complaints).toEqual([]);
  });

  test("what is unread is counted until it is marked as read, and all can be searched", async () => {
    await using gateway = await startTestGateway();
    await gateway.linked("me", ME);
    const alice = await gateway.wa.account(ALICE, { name: "Alice" });
    const bob = await gateway.wa.account("5511999990003", { name: "Bob" });
    await alice.send(ME, { text: "The invoice is overdue" });
    await alice.send(ME, { text: "Please call" });
    await bob.send(ME, { text: "Fine" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/chat/me");
    const { page } = watched;
    await page.getByRole("link", { name: /Alice.*Unread: 2/ }).waitFor();
    await page.getByRole("link", { name: /Bob.*Unread: 1/ }).click();
    await page.getByRole("button", { name: "Mark as read" }).click();
    await page.getByRole("button", { name: "Unread", exact: true }).click();
    await page.getByRole("link", { name: /Bob/ }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: /Alice/ }).waitFor();
    await expect.poll(() => bob.receipts.some(({ type }) => type === "read")).toBe(true);

    // What is put away stands apart, here as on the phone.
    const chat = encodeURIComponent(alice.lid);
    await gateway.patch(`/instances/me/chats/${chat}`, { archived: true });
    await page.getByRole("link", { name: /Alice/ }).waitFor({ state: "detached" });
    await page.getByText("All read").waitFor();
    await page.getByRole("button", { name: "Archived", exact: true }).click();
    await page.getByRole("link", { name: /Alice/ }).waitFor();
    await page.getByRole("button", { name: "All", exact: true }).click();
    await page.getByRole("link", { name: /Bob/ }).waitFor();
    expect(await page.getByRole("link", { name: /Alice/ }).count()).toBe(0);

    await page.getByRole("searchbox", { name: "Search messages" }).fill("overd");
    const found = page.getByRole("list", { name: "Messages found" });
    await found.getByRole("link", { name: /The invoice is overdue/ }).click();
    await page.getByRole("log").getByText("Please call").waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("a voice note is recorded in the page and arrives as one", async () => {
    await using gateway = await startTestGateway();
    await gateway.linked("me", ME);
    const alice = await gateway.wa.account(ALICE, { name: "Alice" });
    await alice.send(ME, { text: "Say it" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/chat/me");
    const { page } = watched;
    await page.getByRole("link", { name: /Alice/ }).click();
    await page.getByRole("button", { name: "Record a voice note" }).click();
    await page.getByRole("timer").getByText("0:01").waitFor();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const note = await alice.waitFor(({ type }) => type === "audio");
    expect(note).toMatchObject({ form: "voice", mimetype: "audio/ogg; codecs=opus" });
    await page.getByRole("log").locator("audio").waitFor();
    expect(watched.complaints).toEqual([]);
  });
});
