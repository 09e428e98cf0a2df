import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { noBrowser, openPage, useBrowser } from "../support/browser.ts";
import { startTestGateway } from "../support/gateway.ts";

const browser = useBrowser();

const ME = "5511999990001";

describe.skipIf(noBrowser)("instances on the dashboard", () => {
  test("from nothing to the first message, without a reload", async () => {
    await using gateway = await startTestGateway();
    const me = await gateway.wa.account(ME, { name: "Corner shop" });
    const alice = await gateway.wa.account("5511999990002", { name: "Alice" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    await page.getByText("Name an instance").waitFor();
    await page.getByLabel("Id", { exact: true }).fill("shop");
    await page.getByRole("button", { name: "New instance" }).click();
    const code = page.locator("[data-qr]");
    await page.getByText(/Renews itself in \d+ s/).waitFor();
    await me.link({ qr: (await code.getAttribute("data-qr")) ?? "" });
    await page.getByText("Linked", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Done" }).click();

    await page.getByLabel("Number, with country code").fill("+55 11 99999-0002");
    await page.getByRole("button", { name: "Open a new chat" }).click();
    await page.getByRole("textbox", { name: "Message" }).fill("Hello Alice");
    await page.keyboard.press("Enter");
    await alice.waitFor(({ text }) => text === "Hello Alice");
    await page.getByRole("log").getByText("Hello Alice").waitFor();
    // The chat was opened by number, and is known by its LID from then on.
    await page.getByRole("log").getByText("Delivered").waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("a card lives: stopped, started, cut off, with the reason in words", async () => {
    await using gateway = await startTestGateway();
    await gateway.linked("shop", ME);
    await gateway.post("/instances", { instanceId: "other" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    const card = page.getByRole("article", { name: "shop" });
    await card.getByText("Open", { exact: true }).waitFor();
    await card.getByText(`+${ME}`).waitFor();
    await card.getByRole("button", { name: "Stop" }).click();
    await card.getByText("Stopped", { exact: true }).waitFor();
    await card.getByRole("button", { name: "Start" }).click();
    await card.getByText("Open", { exact: true }).waitFor();

    gateway.wa.fault({ kind: "conflict", phone: ME });
    await card.getByText("Stopped", { exact: true }).waitFor();
    const query = '{ instance(id: "shop") { lastDisconnect { message } } }';
    const { body } = await gateway.post<{
      data: { instance: { lastDisconnect: { message: string } } };
    }>("/graphql", { query });
    await card.getByText(body.data.instance.lastDisconnect.message).waitFor();

    // What is made elsewhere comes by itself.
    await gateway.post("/instances", { instanceId: "third" });
    await page.getByRole("article", { name: "third" }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("a pairing code links, too", async () => {
    await using gateway = await startTestGateway();
    await gateway.post("/instances", { instanceId: "shop" });
    const me = await gateway.wa.account(ME);
    await gateway.reaches("shop", "AWAITING_SCAN");
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    await page.getByRole("button", { name: "Link phone" }).click();
    await page.getByRole("button", { name: "Pairing code" }).click();
    await page.getByLabel("Phone number").fill(ME);
    await page.getByRole("button", { name: "Get a code" }).click();
    const shown = page.getByText(/^\w{4}-\w{4}$/);
    await me.link({ code: (await shown.textContent())?.replace("-", "") ?? "" });
    await page.getByText("Linked", { exact: true }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("deleting names what is lost, and asks for the name", async () => {
    await using gateway = await startTestGateway();
    await gateway.post("/instances", { instanceId: "shop" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    await page.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Its stored messages and its queue").waitFor();
    const submit = dialog.getByRole("button", { name: "Delete for ever" });
    expect(await submit.isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
    await page.getByRole("button", { name: "Delete" }).click();
    await dialog.getByLabel("Type shop to confirm").fill("shop");
    await submit.click();
    await page.getByText("Name an instance").waitFor();
    // Its stream has ended with it, which is no lost connection.
    await sleep(600);
    expect(await page.getByText("Connection lost").count()).toBe(0);
    expect((await gateway.get<readonly object[]>("/instances")).body).toEqual([]);
    expect(watched.complaints).toEqual([]);
  });

  test("several are stopped at once, and deleted after one has said how many", async () => {
    await using gateway = await startTestGateway();
    for (const [at, id] of ["one", "two", "three"].entries()) {
      await gateway.linked(id, `551199999000${at}`);
    }
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    await page.getByRole("button", { name: "Choose several" }).click();
    const bar = page.getByRole("toolbar");
    await page.getByRole("checkbox", { name: "Choose one" }).check();
    await page.getByRole("checkbox", { name: "Choose two" }).check();
    await bar.getByText("2 instances").waitFor();
    await bar.getByRole("button", { name: "Stop" }).click();
    for (const id of ["one", "two"]) {
      const card = page.getByRole("article", { name: id });
      await card.getByText("Stopped", { exact: true }).waitFor();
    }
    await page.getByRole("article", { name: "three" }).getByText("Open", { exact: true }).waitFor();

    await bar.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("one, two").waitFor();
    const confirm = dialog.getByRole("button", { name: "Delete for ever" });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel("Type 2 to confirm").fill("2");
    await confirm.click();
    await page.getByRole("article", { name: "one" }).waitFor({ state: "detached" });
    const { body } = await gateway.get<{ instances: readonly { id: string }[] }>("/instances");
    expect(JSON.stringify(body)).not.toContain('"two"');
    expect(watched.complaints).toEqual([]);
  });
});
