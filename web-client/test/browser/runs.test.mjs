// A training run from the page, in a real browser against a real server: begun, watched, paused, gone on with after a
// restart of the server, promoted, and played against.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launchBrowser, root, Server } from "./harness.mjs";

const server = new Server(["--run-threads", "1", "--run-nice", "0"]);
const pictures = join(root, "web-client/target/screenshots");
const PATIENCE = 90_000;
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

const errors = (page) => page.getByRole("figure", { name: /^Error of the moves/ });

/** How many points the errors' picture has, by its table. */
async function rows(page) {
  const chart = errors(page);
  if (!(await chart.locator("details").evaluate((details) => details.open))) await chart.locator("summary").click();
  return chart.locator("tbody tr").count();
}

it("a run is begun, watched, paused, gone on with after a restart, promoted and played against", async () => {
  const context = await browser.newContext({ viewport: { width: 1180, height: 900 }, locale: "en", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(server.address);
  await page.getByRole("link", { name: "Training" }).click();
  await page.getByLabel("Game", { exact: true }).selectOption("tic-tac-toe");
  await page.getByText("Tiny", { exact: true }).click();
  await page.getByLabel("Minutes in all").fill("10");
  await page.getByLabel("Name", { exact: true }).fill("First try");
  await page.getByText("More settings").click();
  await page.getByLabel("gateSeconds").fill("0");
  await page.getByLabel("gateSeconds").blur();
  await page.getByRole("alert").filter({ hasText: "gateSeconds" }).waitFor();
  await page.getByLabel("gateSeconds").fill("2");
  await page.getByLabel("gateSeconds").blur();
  await page.getByLabel("gateGames").fill("4");
  await page.getByLabel("gateGames").blur();
  await page.getByText(/parameters/).waitFor();
  await check(page, "run-form");
  await page.getByRole("button", { name: "Start" }).click();

  // It trains, and the picture moves while nobody does anything.
  await page.getByText("trains", { exact: true }).waitFor();
  await errors(page).waitFor();
  const before = await rows(page);
  await page.waitForFunction((n) => document.querySelectorAll(".chart details[open] tbody tr").length > n, before);
  await page.locator(".live-games li").first().waitFor();
  await page.locator(".checkpoints tbody tr").first().waitFor();
  await check(page, "run-light");

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("paused", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("trains", { exact: true }).waitFor();

  // The server is started anew: the run goes on by itself, and so does the page.
  await server.stop();
  await page.getByText("No connection. Trying again …").waitFor();
  await server.start();
  await page.getByText("No connection. Trying again …").waitFor({ state: "detached" });
  const measured = await page.locator(".checkpoints tbody tr").count();
  await page.waitForFunction((n) => document.querySelectorAll(".checkpoints tbody tr").length > n, Math.min(measured, 11));
  await page.reload();
  // The curve is whole again.
  await errors(page).waitFor();
  await rows(page);
  await page.waitForFunction((n) => document.querySelectorAll(".chart details[open] tbody tr").length > n, before);

  await page.getByRole("button", { name: "End it" }).click();
  await page.getByText("over", { exact: true }).waitFor();
  await page.getByRole("button", { name: /^Put step/ }).first().click();
  await page.getByText("on the ladder", { exact: true }).first().waitFor();

  // A point opens the games and the network of its moment: by the keyboard in the table, or by the mouse in the picture.
  const moment = page.getByRole("dialog", { name: /^After / });
  await errors(page).locator("tbody button").last().press("Enter");
  await moment.getByRole("heading", { name: /^The nearest network: step/ }).waitFor();
  await moment.getByRole("slider").press("Home");
  await moment.getByText(/^After move 0 of [5-9]$/).waitFor();
  await check(page, "run-moment");
  await page.keyboard.press("Escape");
  await moment.waitFor({ state: "hidden" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await check(page, "run-phone");
  await errors(page).locator(".u-over").click({ position: { x: 150, y: 60 } });
  await moment.getByRole("slider").waitFor();
  await check(page, "run-moment-phone");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Play against step/ }).first().click();
  await page.locator("#status").waitFor();
  assert.match(page.url(), /\/match\//);

  // Whoever looks at somebody else's run cannot change it.
  const stranger = await (await browser.newContext({ locale: "hu-HU", viewport: { width: 390, height: 844 }, colorScheme: "dark" })).newPage();
  await stranger.goto(`${server.address}/runs`);
  await stranger.locator(".run-list a").first().waitFor();
  await check(stranger, "runs-hu");
  await stranger.locator(".run-list a").first().click();
  await stranger.locator(".checkpoints tbody tr").first().waitFor();
  assert.equal(await stranger.getByRole("button", { name: "Törlés" }).count(), 0);
  await check(stranger, "run-hu");
});
