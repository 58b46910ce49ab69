// The ladder, players and tournaments, in a real browser against a real server.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launchBrowser, post, root, Server } from "./harness.mjs";

const server = new Server(["--tournaments"]);
const pictures = join(root, "web-client/target/screenshots");
const PLAYERS = ["mcts:100", "mcts:50", "net:latest?visits=0", "random", "perfect"];
let browser;
let tournamentId;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  await server.start();
  browser = await launchBrowser();
  const begun = await post(server.address, "/api/v1/tournaments", {
    name: "Tic-tac-toe cup",
    game: "tic-tac-toe",
    format: "round_robin",
    rounds: 10,
    players: PLAYERS.map((agent) => ({ kind: "agent", agent })),
  });
  tournamentId = begun.tournament.id;
  const over = async () => {
    const answer = await fetch(`${server.address}/api/v1/tournaments/${tournamentId}`);
    return (await answer.json()).tournament.over;
  };
  while (!(await over())) await new Promise((done) => setTimeout(done, 200));
});
after(async () => {
  await browser?.close();
  await server.dispose();
});

async function visit(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 800 }, locale: "en", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(server.address + path);
  return page;
}

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

describe("the ladder", () => {
  for (const [name, options] of [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["phone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ]) {
    it(`shows ratings with their intervals, ${name}`, async () => {
      const page = await visit("/ladder", options);
      await page.locator("input[name=game]").nth(1).check({ force: true });
      await page.locator(".ladder li", { hasText: "Network, at a glance" }).locator("svg.interval").waitFor();
      await check(page, `ladder-${name}`);
      await page.context().close();
    });
  }

  it("is filtered, and leads to players by the keyboard, in Hungarian, too", async () => {
    const page = await visit("/", { locale: "hu-HU" });
    await page.getByRole("link", { name: "Ranglista" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("input[name=game]").nth(1).check({ force: true });
    await page.getByText("hálózatok", { exact: true }).click();
    await page.locator(".ladder li", { hasText: "Véletlen" }).waitFor({ state: "detached" });
    const row = page.locator(".ladder a", { hasText: "egy pillantásra" });
    await row.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Értékelt játszmák" }).waitFor();
    assert.equal(await page.locator(".played li").count(), 8);
    await check(page, "player-hu");
    await page.getByRole("button", { name: "Játék" }).first().click();
    await page.locator("#status").waitFor();
    await page.context().close();
  });
});

describe("a tournament", () => {
  for (const [name, options] of [
    ["light", {}],
    ["phone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
  ]) {
    it(`shows its standings and its crosstable, ${name}`, async () => {
      const page = await visit("/tournaments", options);
      await check(page, `tournaments-${name}`);
      await page.getByText("Tic-tac-toe cup").click();
      await page.locator(".crosstable tbody tr").nth(PLAYERS.length - 1).waitFor();
      assert.equal(await page.locator(".results a").count(), 2 * PLAYERS.length * (PLAYERS.length - 1));
      await check(page, `tournament-${name}`);
      await page.locator(".results a").first().click();
      await page.locator("#status").waitFor();
      await page.context().close();
    });
  }
});
