import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { launchBrowser, root, Server } from "./harness.mjs";

const server = new Server();
const pictures = join(root, "web-client/target/screenshots");
let browser;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  await server.start();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server.dispose();
});

async function visit(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 800 }, locale: "en", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(server.address + path);
  return page;
}

/** Waits until nothing is being asked any more. */
const settled = (page) => page.waitForFunction(() => document.querySelector(".answer") && !document.querySelector(".answer.waiting"));

async function check(page, name) {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), page.viewportSize().width, `${name} is too wide`);
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
  assert.deepEqual(
    violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(", ")}`),
    [],
    name,
  );
}

describe("insight", () => {
  it("opens from the bar, shows a channel, and has an address that shows it again", async () => {
    const page = await visit("/");
    await page.getByRole("link", { name: "Insight" }).click();
    await page.getByRole("button", { name: "An example" }).click();
    await page.getByRole("button", { name: /^block1 / }).click();
    await page.getByRole("button", { name: /^channel 7,/ }).click();
    await page.getByRole("heading", { name: "Excite it most" }).waitFor();
    await settled(page);
    await check(page, "insight-network");
    const address = new URL(page.url());
    assert.match(address.pathname, /^\/insight\/[0-9a-f]{12}$/);
    const scores = await page.locator(".pictures span").allTextContents();
    const again = await visit(address.pathname + address.search);
    await again.getByRole("heading", { name: "Excite it most" }).waitFor();
    assert.deepEqual(await again.locator(".pictures span").allTextContents(), scores);
    await page.context().close();
    await again.context().close();
  });

  it("dreams on a phone, in Hungarian, by the keyboard", async () => {
    const phone = await visit("/insight?view=dream&moves=4444432253&objective=layer:block2", {
      locale: "hu-HU",
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    const slider = phone.getByRole("slider");
    await slider.waitFor();
    assert.match(await phone.locator(".inside-view").innerText(), /Szabályos/);
    await slider.focus();
    await phone.keyboard.press("End");
    await phone.getByText("33. kép").first().waitFor();
    await check(phone, "insight-dream-phone");
    await phone.context().close();
  });

  it("reads two orders of moves by a network that remembers, on a phone", async () => {
    const phone = await visit("/insight/tour/6", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await phone.getByText(/^For one board .* the feed-forward network's value differs by 0\.000\.$/).waitFor();
    assert.equal(await phone.locator(".memory > li").count(), 10);
    await check(phone, "insight-tour-order");
    await phone.getByRole("slider").focus();
    await phone.keyboard.press("Home");
    await phone.getByText("After move 0 of 4").waitFor();
    assert.equal(await phone.locator(".memory > li").count(), 2);
    await phone.context().close();
  });

  it("leads through the tour, in the dark", async () => {
    const page = await visit("/insight/tour/1", { colorScheme: "dark" });
    for (let number = 1; number <= 4; number++) {
      await page.getByText(`Page ${number} of 8`).waitFor();
      await page.locator(".inside-view").waitFor();
      if (number < 4) await page.getByRole("link", { name: /^Next/ }).click();
    }
    const before = await page.getByText(/^Middle/).innerText();
    await page.getByRole("button", { name: "Twenty steps" }).click();
    await page.getByText(before, { exact: true }).waitFor({ state: "detached" });
    await settled(page);
    await check(page, "insight-tour-dark");
    await page.context().close();
  });
});
