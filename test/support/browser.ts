import { existsSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

const CHROMIUM = "/usr/bin/chromium";

/** Where the machine has no browser its tests are skipped; on CI there is one. */
export const noBrowser = !existsSync(CHROMIUM) && process.env["CI"] !== "true";

/** One browser for the tests of a file: pages have profiles of their own, and a start takes a second. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (noBrowser) return;
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        // A microphone that beeps, which a page is given without a question.
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
      ],
    });
  });
  afterAll(() => browser?.close());
  return () => {
    if (!browser) throw new Error("There is no browser on this machine.");
    return browser;
  };
}

/** A page that keeps what it should not have: errors, and requests to anybody but the gateway. */
export interface Watched extends AsyncDisposable {
  readonly page: Page;
  /** All of it; a good page has none. */
  readonly complaints: readonly string[];
}

/** Opens a page of the gateway in a profile of its own. */
export async function openPage(
  browser: Browser,
  url: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ locale: "en-US", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (line) => {
    // What the policy forbids is told here, too. Answers that are errors are the page's business.
    if (line.type() === "error" && !/Failed to load resource|WebSocket/.test(line.text())) {
      complaints.push(line.text());
    }
  });
  page.on("request", (request) => {
    const to = request.url();
    if (/^(https?|wss?):/.test(to) && !to.startsWith(url)) complaints.push(`went to ${to}`);
  });
  await page.goto(url + path);
  return {
    page,
    complaints,
    [Symbol.asyncDispose]: () => context.close(),
  };
}
