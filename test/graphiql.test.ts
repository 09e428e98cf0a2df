import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { startTestGateway } from "./support/gateway.ts";

const CHROMIUM = "/usr/bin/chromium";

/** Where the machine has no browser the test says so; on CI there is one. */
const missing = !existsSync(CHROMIUM) && process.env["CI"] !== "true";

test.skipIf(missing)(
  `GraphiQL works without the internet and subscribes${missing ? ` (skipped: no ${CHROMIUM})` : ""}`,
  async () => {
    await using gateway = await startTestGateway();
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    await using _closing = { [Symbol.asyncDispose]: () => browser.close() };
    const page = await browser.newPage();
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(gateway.url)) {
        foreign.push(request.url());
      }
    });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));

    await page.goto(`${gateway.url}/graphql`);
    await page.getByRole("button", { name: /execute/i }).click();
    await page.getByRole("menuitem", { name: "Events" }).click();
    const answer = page.locator(".graphiql-response");
    await expect.poll(() => answer.textContent(), { timeout: 10_000 }).toMatch(/StreamPosition/);
    await gateway.post("/instances", { instanceId: "shown-live" });
    await expect.poll(() => answer.textContent(), { timeout: 10_000 }).toMatch(/shown-live/);
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
  },
  60_000,
);
