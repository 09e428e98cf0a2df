import { describe, expect, test } from "vitest";
import { startSimulator } from "../../simulator/index.ts";
import { noBrowser, openPage, useBrowser } from "../support/browser.ts";
import { startTestGateway } from "../support/gateway.ts";

const browser = useBrowser();

describe.skipIf(noBrowser)("the phones of the demo on the dashboard", () => {
  test("one scans the code, another writes and reads what is answered", async () => {
    await using wa = await startSimulator();
    await wa.account("5511999990001", { name: "My shop" });
    await using gateway = await startTestGateway({ wa, overrides: { simulator: wa.control } });
    await gateway.post("/instances", { instanceId: "shop" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    await page.getByRole("button", { name: "Link phone" }).click();
    await page.getByRole("button", { name: "Scan", exact: true }).click();
    await page.getByRole("dialog").getByText("Linked").waitFor();
    await page.getByRole("button", { name: "Done" }).click();

    await page.getByRole("link", { name: "Phones" }).click();
    await page.getByRole("button", { name: "New phone" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Ana");
    await dialog.getByLabel("Phone number").fill("12");
    await dialog.getByRole("button", { name: "New phone" }).click();
    await dialog.getByText(/phone/i).last().waitFor();
    await dialog.getByLabel("Phone number").fill("+55 11 99999-9999");
    await dialog.getByRole("button", { name: "New phone" }).click();
    const phone = page.getByRole("region", { name: "The phone of Ana" });
    await phone.getByLabel("Write as this phone").fill("Are you open?");
    await phone.getByRole("button", { name: "Send" }).click();
    await phone.getByRole("log").getByText("Are you open?").waitFor();
    const event = await gateway.event("shop", "message.received");
    expect(event.data.message?.text).toBe("Are you open?");
    await gateway.post("/instances/shop/sendMessage", {
      to: "5511999999999",
      message: "Until six",
    });
    await phone.getByRole("log").getByText("Until six").waitFor();
    expect(watched.complaints).toEqual([]);
  });
});
