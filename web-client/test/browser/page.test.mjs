// What people do on the page, in a real browser against a real server.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, afterEach, describe, it } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launchBrowser, playMoves, post, root, scriptBytes, Server } from "./harness.mjs";

const server = new Server();
const pictures = join(root, "web-client/target/screenshots");
let browser;
let context;
let page;
const problems = [];

before(async () => {
  mkdirSync(pictures, { recursive: true });
  await server.start();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server.dispose();
});
beforeEach(async () => {
  ({ context, page } = await newVisitor());
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(problems.splice(0), [], "the page logged errors");
});

async function newVisitor(options = {}) {
  const visitor = await browser.newContext({ viewport: { width: 1180, height: 800 }, locale: "en", ...options });
  await visitor.grantPermissions(["clipboard-write"]).catch(() => {});
  const tab = await visitor.newPage();
  tab.setDefaultTimeout(20_000);
  tab.on("pageerror", (error) => problems.push(error.message));
  return { context: visitor, page: tab };
}

const status = (tab = page) => tab.locator("#status");
const column = (n, tab = page) => tab.locator(`[data-square="${n - 1},0"]`);
const moves = (tab = page) => tab.locator(".moves li");

async function startMatch({ game = "connect-four", opponent = "random", side = "first" } = {}, tab = page) {
  await tab.goto(server.address);
  await tab.locator(`input[name=game][value="${game}"]`).check({ force: true });
  await tab.locator(`#opponent option[value="${opponent}"]`).waitFor({ state: "attached" });
  await tab.selectOption("#opponent", opponent);
  await tab.locator(`input[name=side][value=${side}]`).check({ force: true });
  await tab.locator("button.primary").click();
  await status(tab).waitFor();
}

/** A phone widens its own viewport to what does not fit: the page's width is held against the screen's. */
async function fits(tab, width) {
  assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), width);
}

/** Plays until the match is over; `act` makes a move on the page. */
async function playOut(act, tab = page) {
  for (let turn = 0; turn < 45; turn++) {
    await tab.waitForFunction(() => /Your turn|won|lost|draw/.test(document.querySelector("#status")?.textContent ?? ""));
    if ((await status(tab).innerText()) !== "Your turn") return status(tab).innerText();
    const before = await moves(tab).count();
    await act(turn);
    await tab.waitForFunction((n) => document.querySelectorAll(".moves li").length > n, before);
  }
  throw new Error("The match did not end.");
}

/** The first column with room. */
async function freeColumn(tab = page) {
  for (const n of [4, 3, 5, 2, 6, 1, 7]) {
    if (/empty/.test(await tab.locator(`[data-square="${n - 1},5"]`).getAttribute("aria-label"))) return n;
  }
  throw new Error("The board is full.");
}

describe("playing", () => {
  it("a whole match of Connect Four by mouse", async () => {
    await startMatch();
    const result = await playOut(async () => column(await freeColumn()).click());
    assert.match(result, /won|lost|draw/);
    await page.screenshot({ path: join(pictures, "match-over.png") });
  });

  it("a whole match by keyboard: digits, and arrows with Enter", async () => {
    await startMatch();
    await column(4).focus();
    const result = await playOut(async (turn) => {
      const n = await freeColumn();
      if (turn % 2 === 0) {
        await page.keyboard.press(String(n));
      } else {
        for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowLeft");
        for (let i = 1; i < n; i++) await page.keyboard.press("ArrowRight");
        await page.keyboard.press("Enter");
      }
    });
    assert.match(result, /won|lost|draw/);
  });

  it("tic-tac-toe by touch on a phone, without a scroll bar across", async () => {
    const phone = await newVisitor({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await startMatch({ game: "tic-tac-toe" }, phone.page);
    const result = await playOut(async () => {
      const free = phone.page.locator('[role=gridcell][aria-label$="empty"]').first();
      await free.tap();
    }, phone.page);
    assert.match(result, /won|lost|draw/);
    await fits(phone.page, 360);
    await phone.page.screenshot({ path: join(pictures, "phone.png"), fullPage: true });
    await phone.context.close();
  });

  for (const locale of ["en", "hu-HU"]) {
    it(`fits the narrowest phone beside the longest names, ${locale}`, async () => {
      const phone = await newVisitor({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, locale });
      await startMatch({ opponent: "mcts:1000", side: "second" }, phone.page);
      await moves(phone.page).first().waitFor();
      await fits(phone.page, 320);
      await phone.page.screenshot({ path: join(pictures, `phone-narrow-${locale}.png`), fullPage: true });
      await phone.context.close();
    });
  }

  it("takes back, resigns, and plays again with the sides changed", async () => {
    await startMatch();
    await page.keyboard.press("4");
    await moves().nth(1).waitFor();
    await page.getByRole("button", { name: "Take back" }).click();
    await page.getByText("No moves yet").waitFor();
    await page.getByRole("button", { name: "Resign" }).click();
    await page.getByRole("button", { name: "Resign? Yes" }).click();
    await page.waitForFunction(() => document.querySelector("#status").textContent === "You lost, by resignation");
    const before = page.url();
    await page.getByRole("button", { name: "Play again" }).click();
    await page.waitForURL((url) => url.toString() !== before);
    await moves().first().waitFor();
    assert.match(await page.locator(".player").last().innerText(), /you/);
  });

  it("says in words why a full column is refused", async () => {
    const { match, seatTokens } = await post(server.address, "/api/v1/matches", {
      game: "connect-four",
      first: { kind: "person", name: "A" },
      second: { kind: "person", name: "B" },
    });
    await page.goto(server.address);
    await playMoves(page, match.id, seatTokens, ["4", "4", "4", "4", "4", "4"]);
    await page.evaluate(([id, token]) => localStorage.setItem(`tabula.seat.${id}`, token), [match.id, seatTokens.first]);
    await page.goto(`${server.address}/match/${match.id}`);
    await page.waitForFunction(() => document.querySelector("#status")?.textContent === "Your turn");
    await page.keyboard.press("4");
    await page.getByText("That column is full").waitFor();
  });
});

describe("looking", () => {
  it("shows policy and value on the board, and hides them again", async () => {
    await startMatch();
    await page.getByRole("switch").check();
    await page.locator(".policy").first().waitFor();
    assert.match(await page.locator(".value-bar").getAttribute("aria-label"), /Red expects \d+% of the points/);
    await page.screenshot({ path: join(pictures, "insight.png") });
    await page.getByRole("switch").uncheck();
    await page.locator(".policy").first().waitFor({ state: "detached" });
  });

  it("goes back and forth through the moves", async () => {
    await startMatch();
    await page.keyboard.press("1");
    await moves().nth(1).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.match(await page.locator('[data-square="0,0"]').getAttribute("aria-label"), /empty/);
    await page.keyboard.press("ArrowRight");
    assert.match(await page.locator('[data-square="0,0"]').getAttribute("aria-label"), /Red/);
    await page.getByRole("button", { name: "To the end" }).click();
    assert.equal(await page.getByRole("button", { name: "To the end" }).isDisabled(), true);
  });

  it("lets others watch live, and a friend take the open seat", async () => {
    await startMatch({ opponent: "friend" });
    await page.getByText("Waiting for a friend").waitFor();
    const friend = await newVisitor();
    const watcher = await newVisitor();
    await friend.page.goto(page.url());
    await watcher.page.goto(page.url());
    await friend.page.getByRole("button", { name: "Take the seat" }).click();
    await page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
    await column(4).click();
    await friend.page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
    await column(4, friend.page).click();
    await moves(watcher.page).nth(1).waitFor();
    await watcher.page.getByText("You are watching.").waitFor();
    await watcher.page.screenshot({ path: join(pictures, "watching.png") });
    await friend.context.close();
    await watcher.context.close();
  });

  it("lists matches to watch", async () => {
    await startMatch();
    await page.goto(server.address);
    await page.locator(".match-list a").first().click();
    await status().waitFor();
    assert.match(page.url(), /\/match\//);
  });
});

describe("coming back", () => {
  it("finds match and seat again after a reload", async () => {
    await startMatch();
    await page.keyboard.press("4");
    await moves().nth(1).waitFor();
    await page.reload();
    await moves().nth(1).waitFor();
    await page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
    await page.keyboard.press("3");
    await moves().nth(3).waitFor();
  });

  it("says so while the server is away, and goes on once it is back", async () => {
    await startMatch();
    await page.keyboard.press("4");
    await moves().nth(1).waitFor();
    await server.stop();
    await page.getByText("No connection").waitFor();
    await page.screenshot({ path: join(pictures, "offline.png") });
    await server.start();
    await page.getByText("No connection").waitFor({ state: "detached" });
    await page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
    await page.keyboard.press("3");
    await moves().nth(3).waitFor();
  });

  it("says that there is no such match", async () => {
    await page.goto(`${server.address}/match/nothing-here`);
    await page.getByText("There is no such match.").waitFor();
  });
});

describe("for everybody", () => {
  it("speaks Hungarian to a Hungarian browser, and English when asked", async () => {
    const visitor = await newVisitor({ locale: "hu-HU" });
    await visitor.page.goto(server.address);
    await visitor.page.getByText("Táblajátékok").waitFor();
    await visitor.page.screenshot({ path: join(pictures, "lobby-hu.png") });
    await visitor.page.selectOption("#language", "en");
    await visitor.page.getByText("Board games, and networks").waitFor();
    await visitor.page.reload();
    await visitor.page.getByText("Board games, and networks").waitFor();
    await visitor.context.close();
  });

  for (const colorScheme of ["light", "dark"]) {
    it(`has nothing for axe to find, ${colorScheme}`, async () => {
      const visitor = await newVisitor({ colorScheme, reducedMotion: "reduce" });
      await visitor.page.goto(server.address);
      await visitor.page.locator("button.primary:not([disabled])").waitFor();
      await check(visitor.page, `lobby-${colorScheme}`);
      await startMatch({}, visitor.page);
      await visitor.page.getByRole("switch").check();
      await visitor.page.keyboard.press("4");
      await moves(visitor.page).nth(1).waitFor();
      await visitor.page.locator(".policy").first().waitFor();
      await check(visitor.page, `match-${colorScheme}`);
      await visitor.context.close();
    });
  }

  async function check(tab, name) {
    await tab.screenshot({ path: join(pictures, `${name}.png`) });
    const { violations } = await new AxeBuilder({ page: tab }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    assert.deepEqual(
      violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(", ")}`),
      [],
      name,
    );
  }

  it("loads little, and soon", async (test) => {
    const bytes = await scriptBytes();
    await page.goto(server.address);
    await page.locator("button.primary:not([disabled])").waitFor();
    const ready = await page.evaluate(() => Math.round(performance.now()));
    test.diagnostic(`scripts: ${bytes} bytes gzipped; ready after ${ready} ms`);
    assert.ok(bytes < 120 * 1024);
  });
});
