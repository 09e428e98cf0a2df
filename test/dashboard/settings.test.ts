import { describe, expect, test } from "vitest";
import { noBrowser, openPage, useBrowser } from "../support/browser.ts";
import { startTestGateway } from "../support/gateway.ts";

const browser = useBrowser();

interface Settings {
  readonly settings: Readonly<Record<string, unknown>>;
}

describe.skipIf(noBrowser)("settings on the dashboard", () => {
  test("nothing is changed before it is saved, and then only what was changed", async () => {
    await using gateway = await startTestGateway();
    await gateway.post("/instances", { instanceId: "shop" });
    await gateway.post("/instances", { instanceId: "other" });
    const saved = async (id: string) =>
      (await gateway.get<Settings>(`/instances/${id}/settings`)).body;
    const usual = await saved("shop");
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    const card = page.getByRole("article", { name: "shop" });
    await card.getByRole("link", { name: "Settings" }).click();

    await page.getByRole("switch", { name: "Leave out groups" }).click();
    await page.getByText("There are changes that are not saved.").waitFor();
    await page.getByRole("button", { name: "Discard" }).click();
    expect(await page.getByRole("switch", { name: "Leave out groups" }).isChecked()).toBe(false);
    expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);

    await page.getByRole("switch", { name: "Refuse calls" }).click();
    await page.getByLabel("What the caller is told").fill("Please write.");
    await page.getByLabel("WhatsApp version").fill("two");
    await page.getByRole("button", { name: "Save" }).click();
    // In the gateway's words; what was entered stays.
    await page
      .getByRole("status")
      .getByText(/version/i)
      .waitFor();
    expect(await saved("shop")).toEqual(usual);
    await page.getByLabel("WhatsApp version").fill("");
    await page.getByLabel("Proxy").fill("socks5://ana:secret@proxy.example:1080");
    // Changed elsewhere meanwhile: it is not changed back.
    await gateway.patch("/instances/shop/settings", { alwaysOnline: true });
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("socks5://•••@proxy.example:1080").waitFor();
    expect(await saved("shop")).toMatchObject({
      rejectCalls: true,
      rejectCallsText: "Please write.",
      alwaysOnline: true,
      ignoreGroups: false,
      whatsappVersion: null,
      proxy: { host: "proxy.example", hasCredentials: true },
    });
    expect(await page.getByRole("switch", { name: "Always online" }).isChecked()).toBe(true);

    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(async () => (await saved("shop")) as object).toMatchObject({ proxy: null });
    await page.getByLabel("Instance").selectOption("other");
    await page.getByRole("switch", { name: "Refuse calls" }).waitFor();
    expect(await page.getByRole("switch", { name: "Refuse calls" }).isChecked()).toBe(false);
    expect(watched.complaints).toEqual([]);
  });
});
