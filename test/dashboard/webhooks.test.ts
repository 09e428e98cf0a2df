import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { noBrowser, openPage, useBrowser } from "../support/browser.ts";
import { startTestGateway } from "../support/gateway.ts";
import { startReceiver } from "../support/receiver.ts";

const browser = useBrowser();

const ME = "5511999990001";

describe.skipIf(noBrowser)("webhooks on the dashboard", () => {
  // The retry of a failed delivery comes after five seconds.
  test("one is made, fails, is looked into, and is replayed", { timeout: 60_000 }, async () => {
    await using gateway = await startTestGateway();
    await using receiver = await startReceiver();
    await gateway.linked("me", ME);
    const alice = await gateway.wa.account("5511999990002", { name: "Alice" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/webhooks");
    const { page } = watched;
    await page.getByText("No webhook yet").waitFor();
    await page.getByRole("button", { name: "New webhook" }).first().click();
    await page.getByLabel("Address").fill(receiver.url);
    await page.getByLabel("Events", { exact: true }).fill("message.received");
    await page.getByRole("button", { name: "Save" }).click();
    // The secret is shown this once, with code that uses it.
    receiver.trust((await page.getByText(/^whsec_/).textContent()) ?? "");
    await page.getByRole("button", { name: "Ruby" }).click();
    await page.getByText("OpenSSL::HMAC").waitFor();
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByText("No deliveries").waitFor();

    receiver.status = 503;
    await alice.send(ME, { text: "hello" });
    const delivery = page.locator("summary").filter({ hasText: "message.received" });
    await delivery.getByText("503").waitFor();
    await delivery.click();
    await page.getByText("next attempt").waitFor();
    await page.getByText("Failing", { exact: true }).waitFor();

    receiver.status = 204;
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await delivery.getByText("Delivered").waitFor();
    await page.getByText("Working", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Send a test" }).click();
    await page.locator("summary").filter({ hasText: "webhook.test" }).getByText("204").waitFor();
    await page.getByRole("button", { name: "Replay …" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Replay" }).click();
    await page.getByText("1 deliveries are sent again").waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Enable" }).click();
    await page.getByText("Working", { exact: true }).waitFor();
    await page.getByRole("button", { name: "New secret" }).click();
    await page.getByText(/^whsec_/).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("what the gateway has against an address stands below the field", async () => {
    await using gateway = await startTestGateway();
    await using watched = await openPage(browser(), gateway.url, "/dashboard/webhooks");
    const { page } = watched;
    await page.getByRole("button", { name: "New webhook" }).first().click();
    const address = page.getByLabel("Address");
    await address.fill("http://169.254.169.254/latest");
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => address.getAttribute("aria-invalid")).toBe("true");
  });
});

test("the code to verify signatures is that of the guide", () => {
  const guide = readFileSync("docs/webhooks.md", "utf8");
  const source = readFileSync("dashboard/src/webhooks/snippets.ts", "utf8");
  const inGuide = [...guide.matchAll(/```(?:js|python|go|php|ruby)\n([\s\S]*?)\n```/g)].map(
    ([, code = ""]) => code,
  );
  const shown = [...source.matchAll(/code: `((?:\\.|[^`\\])*)`/g)].map(([, code = ""]) =>
    code.replaceAll(/\\([\\`$])/g, "$1"),
  );
  expect(inGuide).toHaveLength(5);
  expect(shown).toEqual(inGuide);
});
