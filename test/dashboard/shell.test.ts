import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { noBrowser, openPage, useBrowser } from "../support/browser.ts";
import { startTestGateway } from "../support/gateway.ts";

const browser = useBrowser();

const KEY = "k9F2mQ7xL4vT8bN1cR6wZ3yH5jD0sG2aPq";
const AUTHORIZATION = { authorization: `Bearer ${KEY}` };

describe.skipIf(noBrowser)("the dashboard's frame", () => {
  test("without a key one is in at once; look, language and place are kept over a reload", async () => {
    await using gateway = await startTestGateway();
    await using watched = await openPage(browser(), gateway.url, "/");
    const { page } = watched;
    await page.getByRole("heading", { name: "Instances" }).waitFor();
    expect(page.url()).toBe(`${gateway.url}/dashboard/`);

    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole("button", { name: "Dark" }).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.getByRole("combobox", { name: "Language" }).selectOption("pt");
    await page.getByRole("link", { name: "Eventos" }).click();
    await page.getByRole("heading", { name: "Eventos" }).waitFor();
    expect(page.url()).toBe(`${gateway.url}/dashboard/events`);

    await page.reload();
    await page.getByRole("heading", { name: "Eventos" }).waitFor();
    expect(await background()).toBe(dark);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("pt");
    await page.goBack();
    await page.getByRole("heading", { name: "Instâncias" }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("speaks the browser's language", async () => {
    await using gateway = await startTestGateway();
    await using watched = await openPage(browser(), gateway.url, "/dashboard/", {
      locale: "es-AR",
    });
    await watched.page.getByRole("heading", { name: "Instancias" }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("a key opens it, is not kept, and its end closes the page that it had opened", async () => {
    await using gateway = await startTestGateway({ env: { API_KEY: KEY } });
    const { body } = await gateway.post<{ id: string; key: string }>(
      "/keys",
      { name: "Maria", scopes: ["instances:read", "messages:read"] },
      AUTHORIZATION,
    );
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    const field = page.getByLabel("Key", { exact: true });
    await field.fill("wrong");
    await field.press("Enter");
    await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
    await field.fill(body.key);
    await field.press("Enter");
    await page.getByRole("heading", { name: "Instances" }).waitFor();
    await page.getByText("Maria").first().waitFor();

    // Offered is what the key may do, and nothing that it would be refused.
    await page.getByRole("link", { name: "Events" }).waitFor();
    expect(await page.getByRole("link", { name: "Keys" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "New instance" }).count()).toBe(0);
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), document.cookie]),
    );
    expect(kept).not.toContain(body.key);
    expect(kept).not.toContain("session");

    await fetch(`${gateway.url}/keys/${body.id}`, { method: "DELETE", headers: AUTHORIZATION });
    await page.getByText("Your session has ended").waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("who signs out is out", async () => {
    await using gateway = await startTestGateway({ env: { API_KEY: KEY } });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/");
    const { page } = watched;
    await page.getByLabel("Key", { exact: true }).fill(KEY);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(watched.complaints).toEqual([]);
  });

  test("a lost connection is told, and goes on where it was", async () => {
    await using gateway = await startTestGateway();
    const account = await gateway.linked("me", "5511999990001");
    const alice = await gateway.wa.account("5511999990002", { name: "Alice" });
    await using watched = await openPage(browser(), gateway.url, "/dashboard/events");
    const { page } = watched;
    await alice.send(account.phone, { text: "before" });
    await page.getByText("Alice: before").waitFor();

    await gateway.stop();
    await page.getByText("Connection lost").waitFor();
    await alice.send(account.phone, { text: "meanwhile" });
    await sleep(200);
    await gateway.start();
    await page.getByText("nothing is missing").waitFor();
    await page.getByText("Alice: meanwhile").waitFor();
    expect(await page.getByText("Alice: before").count()).toBe(1);
  });

  test("a connection that has gone silent is taken for lost", async () => {
    await using gateway = await startTestGateway();
    await using watched = await openPage(browser(), gateway.url, "/dashboard/health");
    const { page } = watched;
    await page.clock.install();
    await page.routeWebSocket(/graphql/, (socket) => {
      socket.onMessage((frame) => {
        if (String(frame).includes("connection_init")) socket.send('{"type":"connection_ack"}');
      });
    });
    await page.reload();
    await page.getByText("Connected", { exact: true }).waitFor();
    await page.clock.runFor(12_000);
    expect(await page.getByText("Connection lost").count()).toBe(0);
    await page.clock.runFor(4_000);
    await page.getByText("Connection lost").waitFor();
  });

  test("a page that there is none of says so", async () => {
    await using gateway = await startTestGateway();
    await using watched = await openPage(browser(), gateway.url, "/dashboard/nothing/here");
    await watched.page.getByRole("heading", { name: "Nothing here" }).first().waitFor();
    expect(watched.complaints).toEqual([]);
  });
});
