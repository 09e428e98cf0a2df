import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { noBrowser, openPage, useBrowser } from "../support/browser.ts";
import { startTestGateway } from "../support/gateway.ts";

const browser = useBrowser();

const ME = "5511999990001";
const KEY = "k9F2mQ7xL4vT8bN1cR6wZ3yH5jD0sG2aPq";
const AUTHORIZATION = { authorization: `Bearer ${KEY}` };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What stands in the way of those who see, hear or move differently: WCAG 2.2, A and AA. */
async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" ")}`,
    );
}

/** What has just changed is judged when it can be seen. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("Key", { exact: true }).fill(KEY);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Instances" }).waitFor();
}

describe.skipIf(noBrowser)("every page of the dashboard", () => {
  test("stands in nobody's way, light and dark, wide and narrow", { timeout: 90_000 }, async () => {
    await using gateway = await startTestGateway({ env: { API_KEY: KEY } });
    const post = (path: string, body: object) => gateway.post(path, body, AUTHORIZATION);
    await post("/instances", { instanceId: "me", webhook: "https://example.com/hook" });
    await post("/keys", { name: "bot", scopes: ["messages:send"] });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    const found: Record<string, readonly string[]> = { "sign-in": await barriers(page) };
    await signIn(page);

    const pages: readonly (readonly [path: string, ready: string])[] = [
      ["", "Waiting for scan"],
      ["chat/me", "No messages yet"],
      ["events", "instance.created"],
      ["webhooks", "https://example.com/hook"],
      ["queue", "Nothing waits."],
      ["settings/me", "Leave out groups"],
      ["keys", "bot"],
      ["audit", "createApiKey"],
      ["health", "Free on the disk"],
    ];
    for (const [path, ready] of pages) {
      await page.goto(`${gateway.url}/dashboard/${path}`);
      await page.getByText(ready).last().waitFor();
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await drawn(page);
      found[`${path} light`] = await barriers(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      await drawn(page);
      found[`${path} dark, on a phone`] = await barriers(page);
      const isWider = await page.evaluate(() => document.body.scrollWidth > innerWidth);
      found[`${path} width`] = isWider ? ["wider than a phone"] : [];
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    const all = Object.entries(found).filter(([, list]) => list.length > 0);
    expect(Object.fromEntries(all)).toEqual({});
    expect(watched.complaints).toEqual([]);
  });

  test("dialogs keep the focus, give it back, and stand in nobody's way", async () => {
    await using gateway = await startTestGateway();
    await gateway.post("/instances", { instanceId: "me" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    for (const name of ["New instance", "Link phone", "Delete"]) {
      const opener = page.getByRole("button", { name, exact: true });
      await opener.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await dialog.waitFor();
      expect(await barriers(page)).toEqual([]);
      for (let count = 0; count < 12; count += 1) {
        await page.keyboard.press("Tab");
        const isOutside = await page.evaluate(() => {
          const { activeElement } = document;
          return activeElement !== document.body && !activeElement?.closest("dialog");
        });
        expect(isOutside).toBe(false);
      }
      await page.keyboard.press("Escape");
      await expect.poll(() => dialog.count()).toBe(0);
      const focused = opener.evaluate((element) => element === document.activeElement);
      expect(await focused).toBe(true);
    }
  });

  test("a key is made, seen once, and revoked; the trail tells of it", async () => {
    await using gateway = await startTestGateway({ env: { API_KEY: KEY } });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/keys");
    const { page } = watched;
    await page.getByLabel("Key", { exact: true }).fill(KEY);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "New key" }).first().click();
    await page.getByLabel("Name").fill("shop bot");
    await page.getByRole("dialog").getByRole("button", { name: "New key" }).click();
    const key = (await page.getByText(/^wag_/).textContent()) ?? "";
    const use = () =>
      gateway.post("/graphql", { query: "{ __typename }" }, { authorization: `Bearer ${key}` });
    expect((await use()).status).toBe(200);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByRole("button", { name: "Revoke shop bot" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("Revoked", { exact: true }).waitFor();
    expect((await use()).status).toBe(401);

    await page.getByRole("link", { name: "Audit trail" }).click();
    await page.getByRole("cell", { name: "revokeApiKey" }).waitFor();
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText(/All \d+ entries are as they were written/).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("what waits is seen and taken back, and the pace is set", async () => {
    await using gateway = await startTestGateway();
    await gateway.linked("me", ME);
    const alice = await gateway.wa.account("5511999990002");
    await gateway.post("/instances/me/sendMessage", {
      to: alice.phone,
      message: "tomorrow",
      scheduledAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/queue");
    const { page } = watched;
    const scheduled = page.getByRole("region", { name: "Scheduled" });
    await scheduled.getByText("tomorrow").waitFor();
    await page.getByRole("button", { name: "Cancel send" }).click();
    await page.getByText("Nothing waits.").waitFor();
    await page.getByRole("button", { name: "Set pace" }).click();
    await page.getByLabel("Messages a minute").fill("12");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("12 a minute, 1 at once").waitFor();

    await alice.send(ME, { text: "Counted" });
    await gateway.event("me", "message.received");
    await page.getByRole("link", { name: "Instances" }).click();
    await page.getByRole("article", { name: "me" }).getByText("1 in · 0 out").waitFor();
    await page.getByRole("link", { name: "Health" }).click();
    await page.getByRole("img", { name: /^Messages: received \d+, sent \d+$/ }).waitFor();
    await page.getByRole("img", { name: /^Memory: in all \d.* MB, heap \d.* MB$/ }).waitFor();
    await page.getByRole("img", { name: /^Processor: / }).waitFor();
    expect(alice.received).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });
});
