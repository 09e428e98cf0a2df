import { expect, test } from "vitest";
import { noBrowser, openPage, useBrowser } from "./support/browser.ts";
import { startTestGateway } from "./support/gateway.ts";

const browser = useBrowser();

test.skipIf(noBrowser)(
  "GraphiQL works without the internet and subscribes",
  async () => {
    await using gateway = await startTestGateway();
    await using watched = await openPage(browser(), gateway.url, "/graphql");
    const { page } = watched;
    await page.getByRole("button", { name: /execute/i }).click();
    await page.getByRole("menuitem", { name: "Events" }).click();
    const answer = page.locator(".graphiql-response");
    await expect.poll(() => answer.textContent()).toMatch(/StreamPosition/);
    await gateway.post("/instances", { instanceId: "shown-live" });
    await expect.poll(() => answer.textContent()).toMatch(/shown-live/);
    expect(watched.complaints).toEqual([]);
  },
  60_000,
);

test.skipIf(noBrowser)("GraphiQL is signed in where the dashboard is", async () => {
  const key = "k9F2mQ7xL4vT8bN1cR6wZ3yH5jD0sG2aPq";
  await using gateway = await startTestGateway({ env: { API_KEY: key } });
  await using watched = await openPage(browser(), gateway.url, "/dashboard/");
  const { page } = watched;
  await page.getByLabel("Key", { exact: true }).fill(key);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Playground" }).waitFor();
  await page.goto(`${gateway.url}/graphql`);
  await page.getByRole("button", { name: /execute/i }).click();
  await page.getByRole("menuitem", { name: "Instances" }).click();
  const answer = page.locator(".graphiql-response");
  await expect.poll(() => answer.textContent()).toMatch(/"edges":\s\[\]/);
});
