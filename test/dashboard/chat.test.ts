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
});
