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

/** A match between two people whose moves are played, seen from the first player's seat. */
async function playedMatch(moves, { game = "connect-four", name = "A" } = {}, tab = page) {
  const { match, seatTokens } = await post(server.address, "/api/v1/matches", {
    game,
    first: { kind: "person", name },
    second: { kind: "person", name: "B" },
  });
  await tab.goto(server.address);
  await playMoves(tab, match.id, seatTokens, moves);
  await tab.evaluate(([id, token]) => localStorage.setItem(`tabula.seat.${id}`, token), [match.id, seatTokens.first]);
  await tab.goto(`${server.address}/match/${match.id}`);
  await status(tab).waitFor();
}

/** Chooses a game in the lobby: what is played, then how large. */
async function chooseGame(game, tab = page) {
  await tab.locator(`input[name=family][value="${game.replace(/-\d+$/, "")}"]`).check({ force: true });
  const size = tab.locator(`input[name=game][value="${game}"]`);
  if ((await size.count()) > 0) await size.check({ force: true });
}

async function startMatch({ game = "connect-four", opponent = "random", side = "first" } = {}, tab = page) {
  await tab.goto(server.address);
  await chooseGame(game, tab);
  await tab.locator(`input[name=side][value=${side}]`).check({ force: true });
  if (opponent === "friend") {
    await tab.getByRole("button", { name: "A friend" }).click();
  } else {
    await tab.locator(".all-opponents summary").click();
    await tab.locator(`#opponent option[value="${opponent}"]`).waitFor({ state: "attached" });
    await tab.selectOption("#opponent", opponent);
    await tab.locator("button.primary").click();
  }
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

  it("shows the whole board on a phone, upright and on its side", async () => {
    for (const viewport of [{ width: 390, height: 844 }, { width: 844, height: 390 }, { width: 568, height: 320 }]) {
      const phone = await newVisitor({ viewport, hasTouch: true, isMobile: true });
      await startMatch({ opponent: "net:latest?visits=100" }, phone.page);
      const box = await phone.page.locator(".board").boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= viewport.height, `${JSON.stringify(box)} in ${JSON.stringify(viewport)}`);
      await fits(phone.page, viewport.width);
      const name = phone.page.getByText("Network, 100 visits", { exact: true });
      assert.ok(await name.evaluate((text) => text.scrollWidth <= text.clientWidth && text.scrollHeight <= text.clientHeight));
      await phone.context.close();
    }
  });

  it("leaves the page where it is while the list of moves follows the game", async () => {
    const phone = await newVisitor({ viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true });
    await playedMatch([..."44444433333352"], {}, phone.page);
    await moves(phone.page).nth(13).waitFor();
    assert.equal(await phone.page.evaluate(() => scrollY), 0);
    const cut = await phone.page.evaluate(() => {
      const list = document.querySelector(".moves").getBoundingClientRect();
      const last = document.querySelector(".move[aria-current]").getBoundingClientRect();
      return last.top < list.top || last.bottom > list.bottom + 1;
    });
    assert.equal(cut, false, "the current move is whole");
    await phone.context.close();
  });

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

  it("plays on the clock, and agrees on a draw", async () => {
    const { match, seatTokens } = await post(server.address, "/api/v1/matches", {
      game: "tic-tac-toe",
      first: { kind: "person", name: "A" },
      second: { kind: "person", name: "B" },
      timeControl: { kind: "bank", initialMs: 180_000, incrementMs: 2000 },
    });
    const friend = await newVisitor();
    for (const [tab, token] of [[page, seatTokens.first], [friend.page, seatTokens.second]]) {
      await tab.goto(server.address);
      await tab.evaluate(([id, secret]) => localStorage.setItem(`tabula.seat.${id}`, secret), [match.id, token]);
      await tab.goto(`${server.address}/match/${match.id}`);
      await status(tab).waitFor();
    }
    assert.deepEqual(await page.locator(".clock").allInnerTexts(), ["3:00", "3:00"]);
    await page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
    await page.keyboard.press("5");
    await friend.page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
    await friend.page.keyboard.press("1");
    await page.locator(".clock.running").waitFor();
    await page.getByText(/^2:5\d$/).waitFor();
    await friend.page.getByRole("button", { name: "Offer a draw" }).click();
    await page.getByText("B offers a draw.").waitFor();
    await page.getByRole("button", { name: "Accept" }).click();
    for (const tab of [page, friend.page]) {
      await tab.waitForFunction(() => document.querySelector("#status").textContent === "A draw, by agreement");
    }
    await friend.context.close();
  });

  it("challenges a bot that waits", async () => {
    await page.goto(server.address);
    await page.evaluate(
      () =>
        new Promise((available) => {
          const bot = new WebSocket(`ws://${location.host}/ws/v1`, "tabula.v1");
          const as = { kind: "bot", name: "Marvin" };
          const say = (frame) => bot.send(JSON.stringify(frame));
          bot.onmessage = (message) => {
            const { type, matchId } = JSON.parse(message.data);
            if (type === "hello") say({ type: "availability", data: { as, games: ["connect-four"], paired: false } });
            else if (type === "accepted") available();
            else if (type === "challenge") say({ type: "acceptChallenge", matchId, data: { as } });
          };
        }),
    );
    await page.getByRole("button", { name: "Challenge: Marvin (bot)" }).click();
    await page.waitForURL(/\/match\//);
    await status().waitFor();
    assert.match(await page.locator(".players").innerText(), /Marvin/);
  });

  it("says in words why a full column is refused", async () => {
    await playedMatch(["4", "4", "4", "4", "4", "4"]);
    await page.waitForFunction(() => document.querySelector("#status")?.textContent === "Your turn");
    await page.keyboard.press("4");
    await page.getByText("That column is full").waitFor();
  });
});

describe("looking", () => {
  it("shows policy and value on the board, and hides them again", async () => {
    await startMatch();
    await page.getByRole("switch", { name: "Show what" }).check();
    await page.locator(".policy").first().waitFor();
    assert.match(await page.locator(".value-bar").getAttribute("aria-label"), /Red expects \d+% of the points/);
    await page.getByText("Network, 100 visits: favours").waitFor();
    await page.getByText(/^The network that comes with Tabula: .* steps$/).waitFor();
    await page.screenshot({ path: join(pictures, "insight.png") });
    await page.getByRole("switch", { name: "Show what" }).uncheck();
    await page.locator(".policy").first().waitFor({ state: "detached" });
  });

  it("marks no move that has a lower number than another, and says the same in words", async () => {
    await playedMatch([..."45355453"]);
    await page.getByRole("switch", { name: "Show what" }).check();
    await page.locator(".policy.best").waitFor();
    const numbers = (await page.locator(".policy text").allTextContents()).map(Number);
    const best = Number(await page.locator(".policy.best text").textContent());
    assert.equal(best, Math.max(...numbers));
    assert.match(await page.locator(".under-board").innerText(), new RegExp(`favours [1-7] \\(${best}%\\)`));
  });

  it("says that it looks back, and the way to the game is a click", async () => {
    await playedMatch(["4", "5"]);
    for (const back of [() => page.getByRole("button", { name: "Back to the game" }).click(), () => column(1).click()]) {
      await page.keyboard.press("ArrowLeft");
      await page.waitForFunction(() => document.querySelector("#status").textContent === "Move 1 of 2");
      await page.keyboard.press("ArrowLeft");
      await page.waitForFunction(() => document.querySelector("#status").textContent === "Before the first move");
      await back();
      await page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
      assert.equal(await moves().count(), 2, "a click into the past is no move");
    }
    await column(1).click();
    await moves().nth(2).waitFor();
  });

  it("finds the mistakes of a finished match, and lets other moves be tried", async () => {
    // The corner is a mistake, and so is to let the third in a row stand.
    await playedMatch([..."1414141"]);
    await page.getByRole("button", { name: "Find the mistakes" }).click();
    const fault = page.locator(".faults button").first();
    await fault.waitFor({ timeout: 60_000 });
    await page.locator(".review progress").waitFor({ state: "detached", timeout: 60_000 });
    assert.match(await page.locator(".faults").innerText(), /1\?\?[\s\S]*4 was better[\s\S]*4\?\?[\s\S]*1 was better/);
    assert.match(await page.locator(".review .hint").first().innerText(), /Red kept .*%/);
    assert.equal(await page.locator(".moves li").nth(5).locator(".fault-sign").innerText(), "??");
    const results = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
    assert.deepEqual(results.violations.map((violation) => violation.id), []);

    await page.locator(".moves button").nth(4).click();
    await page.getByRole("button", { name: "Try other moves" }).click();
    await page.locator(".board.may-move").waitFor();
    await column(1).click();
    await page.waitForFunction(() => document.querySelector("#status").textContent === "Variation: 1");
    await page.locator(".board.may-move").waitFor();
    await column(2).click();
    await page.waitForFunction(() => document.querySelector("#status").textContent === "Variation: 1 2");
    await page.locator(".step-buttons button").nth(1).click();
    await page.waitForFunction(() => document.querySelector("#status").textContent === "Variation: 1");
    await page.getByRole("button", { name: "Back to the match" }).click();
    await page.waitForFunction(() => document.querySelector("#status").textContent === "You won");
    assert.equal(await moves().count(), 7, "the match stays as it was");
  });

  it("gives a match out as a record, and opens one of somebody else's", async () => {
    await playedMatch(["e2e4", "e7e5"], { game: "chess" });
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "PGN" }).click();
    assert.match((await download).suggestedFilename(), /^chess-.*\.pgn$/);

    await page.getByRole("button", { name: "New game" }).click();
    await page.getByRole("link", { name: "Open a record" }).click();
    await page.getByLabel("Paste it here").fill("1. e4 e5\n2. Qd5");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByText("Line 2, column 4: 'Qd5' is no move").waitFor();
    await check(page, "record-form");

    const games = "(;GM[1]SZ[9]KM[5.5]PB[Ann]PW[Bob]RE[W+R];B[ee];W[ec];B[gc])(;GM[4]SZ[9]PB[Cem];B[cc])";
    await page.getByLabel("Or a file").setInputFiles({ name: "two.sgf", mimeType: "application/x-go-sgf", buffer: Buffer.from(games) });
    await page.getByRole("button", { name: "Ann – Bob" }).press("Enter");
    await status().waitFor();
    assert.match(await status().innerText(), /Bob won, by resignation/i);
    await page.getByText("The komi was 5.5").waitFor();
    await page.keyboard.press("ArrowLeft");
    assert.match(await status().innerText(), /2/);
    await check(page, "record-review");
    await page.getByRole("button", { name: "Back to the games" }).click();
    await page.getByRole("button", { name: "Cem" }).click();
    assert.match(await status().innerText(), /Without a result/);
    await page.getByRole("button", { name: "Find the mistakes" }).click();
    await page.locator(".review-curve").waitFor({ timeout: 60_000 });
  });

  it("rings what won, in both games", async () => {
    await playedMatch([..."4343434"]);
    assert.equal(await page.locator("circle.win").count(), 4);
    await playedMatch(["b2", "a3", "c1", "b3", "c3", "a2", "a1"], { game: "tic-tac-toe" });
    assert.equal(await page.locator("rect.win").count(), 3);
  });

  const square = (name, tab = page) => tab.locator(`[data-square="${name.charCodeAt(0) - 97},${name.slice(1) - 1}"]`);

  for (const [game, first] of [["othello-6", "c2"], ["othello", "d3"], ["hex-7", "d4"], ["hex-11", "f6"], ["gomoku-9", "e5"], ["gomoku-15", "h8"]]) {
    it(`plays ${game} against a tree search`, async () => {
      await startMatch({ game, opponent: "mcts:50" });
      await square(first).click();
      await moves().nth(1).waitFor();
      await page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
      const results = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
      assert.deepEqual(results.violations.map((violation) => violation.id), []);
    });
  }

  it("moves pieces by touch and by keys, and shows where they may go", async () => {
    await startMatch({ game: "breakthrough-6", opponent: "mcts:50" });
    await square("b2").click();
    assert.equal(await page.locator(".target-mark").count(), 3);
    await square("f1").click();
    assert.equal(await page.locator(".target-mark").count(), 0, "a piece that cannot move is not chosen");
    await square("b2").click();
    await square("b3").click();
    await moves().nth(1).waitFor();
    await page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
    await square("f2").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await moves().nth(3).waitFor();
    assert.match(await moves().nth(2).innerText(), /f2f3/);
  });

  it("drags pieces, and keeps a move that waits for its turn", async () => {
    const { match, seatTokens } = await post(server.address, "/api/v1/matches", {
      game: "chess",
      first: { kind: "person", name: "A" },
      second: { kind: "person", name: "B" },
    });
    await page.goto(server.address);
    await page.evaluate(([id, token]) => localStorage.setItem(`tabula.seat.${id}`, token), [match.id, seatTokens.first]);
    await page.goto(`${server.address}/match/${match.id}`);
    await page.locator(".board.may-move").waitFor();
    const drag = async (from, to) => {
      for (const [name, act] of [[from, "down"], [to, "up"]]) {
        const box = await square(name).boundingBox();
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
        await page.mouse[act]();
      }
    };
    await drag("e2", "e5");
    assert.equal(await moves().count(), 0, "a piece that is let go where it may not stand goes back");
    await drag("e2", "e4");
    await moves().nth(0).waitFor();
    // Not one's turn now: what is done waits, and can be taken away.
    await drag("d2", "d4");
    await page.locator(".square.queued").nth(1).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".square.queued").first().waitFor({ state: "detached" });
    await square("g1").click();
    await square("f3").click();
    await page.locator(".square.queued").nth(1).waitFor();
    await page.screenshot({ path: join(pictures, "premove.png") });
    await page.evaluate(
      ([id, token]) => {
        const socket = new WebSocket(`ws://${location.host}/ws/v1`, "tabula.v1");
        socket.onmessage = (message) => {
          const { type } = JSON.parse(message.data);
          if (type === "hello") socket.send(JSON.stringify({ type: "join", matchId: id, data: { seatToken: token } }));
          else if (type === "joined") socket.send(JSON.stringify({ type: "move", matchId: id, ply: 1, data: { move: "e7e5" } }));
        };
      },
      [match.id, seatTokens.second],
    );
    await moves().nth(2).waitFor();
    assert.match(await moves().nth(2).innerText(), /g1f3/);
    assert.equal(await page.locator(".square.queued").count(), 0);
  });

  it("drags pieces by touch, and lets a stray touch pass where stones are put down", async () => {
    const phone = await newVisitor({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
    const tab = phone.page;
    const at = (name) => tab.locator(`[data-square="${name.charCodeAt(0) - 97},${Number(name.slice(1)) - 1}"]`);
    const touches = await phone.context.newCDPSession(tab);
    const drag = async (from, to) => {
      await tab.locator(".board.may-move").waitFor();
      const [start, end] = await Promise.all([from, to].map(async (name) => {
        const box = await at(name).boundingBox();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }));
      const touch = (type, touchPoints) => touches.send("Input.dispatchTouchEvent", { type, touchPoints });
      await touch("touchStart", [start]);
      for (const share of [0.3, 0.6, 1]) {
        await touch("touchMove", [{ x: start.x + share * (end.x - start.x), y: start.y + share * (end.y - start.y) }]);
      }
      await touch("touchEnd", []);
    };
    await playedMatch([], { game: "chess" }, tab);
    await drag("e2", "e4");
    await moves(tab).nth(0).waitFor();
    assert.match(await moves(tab).nth(0).innerText(), /e2e4/);
    assert.equal(await tab.evaluate(() => scrollY), 0, "the page stays where it is");
    await playedMatch([], { game: "checkers" }, tab);
    await drag("c3", "d4");
    await moves(tab).nth(0).waitFor();

    await playedMatch(["4"], {}, tab);
    await column(3, tab).tap();
    await tab.locator(".square.meant").first().waitFor();
    await tab.screenshot({ path: join(pictures, "touched-once.png") });
    assert.equal(await tab.locator(".square.queued").count(), 0, "one touch is nothing");
    await column(3, tab).tap();
    await tab.locator(".square.queued").first().waitFor();
    await phone.context.close();
  });

  it("shows who looks on, and links to pictures of the position", async () => {
    await playedMatch(["4", "3"], {}, page);
    const onlooker = await newVisitor();
    await onlooker.page.goto(page.url());
    await onlooker.page.locator(".spectators").getByText("1 guest").waitFor();
    await page.locator(".spectators").getByText("1 guest").waitFor();
    await page.getByRole("button", { name: "One move back" }).click();
    const address = await page.locator(".picture-links a").nth(1).getAttribute("href");
    assert.match(address, /picture\.png\?ply=1$/);
    assert.equal((await page.request.get(server.address + address)).headers()["content-type"], "image/png");
    await page.screenshot({ path: join(pictures, "spectators.png") });
    await onlooker.context.close();
    await page.locator(".spectators").waitFor({ state: "detached" });
  });

  it("offers to swap the first stone of Hex", async () => {
    await startMatch({ game: "hex-7", opponent: "mcts:50", side: "second" });
    await page.getByRole("button", { name: "Swap", exact: true }).click();
    await moves().nth(2).waitFor();
    assert.match(await moves().nth(1).innerText(), /swap/);
    await page.waitForFunction(() => document.querySelector("#status").textContent === "Your turn");
    assert.equal(await page.getByRole("button", { name: "Swap", exact: true }).count(), 0);
  });

  it("says so where no network has learnt a game", async () => {
    await page.goto(server.address);
    await chooseGame("go-7");
    await page.getByText("No network has learnt this game yet").waitFor();
    await chooseGame("connect-four");
    await page.getByText("No network has learnt this game yet").waitFor({ state: "detached" });
  });

  for (const game of ["othello", "breakthrough-8", "hex-11", "gomoku-15"]) {
    it(`fits ${game} on a phone`, async () => {
      const phone = await newVisitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "hu-HU" });
      await startMatch({ game, opponent: "mcts:50" }, phone.page);
      await fits(phone.page, 390);
      const box = await phone.page.locator(".board").boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 844, JSON.stringify(box));
      await phone.context.close();
    });
  }

  it("colours tic-tac-toe's rings alike, on the board and beside it", async () => {
    await playedMatch(["b2", "a3"], { game: "tic-tac-toe" });
    await page.getByRole("switch", { name: "Show what" }).check();
    await page.locator(".policy").first().waitFor();
    const colours = await page.evaluate(() => [
      getComputedStyle(document.querySelector(".board .ring")).stroke,
      getComputedStyle(document.querySelector(".value-second")).fill,
      getComputedStyle(document.querySelector(".move.second")).borderLeftColor,
      getComputedStyle(document.querySelector(".dot.second")).borderTopColor,
    ]);
    assert.equal(new Set(colours).size, 1, colours.join("; "));
    await page.goto(server.address);
    await page.locator(".match-list .dot.second.place").first().waitFor();
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

  it("is played by one click at a strength that has a name, with the board's size remembered", async () => {
    await page.goto(server.address);
    await chooseGame("hex-11");
    await page.reload();
    assert.equal(await page.locator('input[name=game][value="hex-11"]').isChecked(), true);
    await chooseGame("connect-four");
    await page.getByRole("button", { name: /^Easy/ }).click();
    await page.locator(".players", { hasText: "Network, at a glance" }).waitFor();
    await status().waitFor();
    await page.goto(server.address);
    await chooseGame("hex-7");
    await chooseGame("othello");
    await chooseGame("hex-7");
    assert.equal(await page.locator('input[name=game][value="hex-7"]').isChecked(), true);
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

describe("accounts", () => {
  const PASSWORD = "a horse of nine colours";
  const dialog = (tab = page) => tab.locator("dialog[open]");
  const openAccount = (tab = page) => tab.locator(".account-button").click();

  async function claim(name, tab = page) {
    await tab.goto(server.address);
    await openAccount(tab);
    await tab.locator("#account-name").fill(name);
    await tab.locator("#account-password").fill(PASSWORD);
    await tab.keyboard.press("Enter");
    await tab.locator(".account-name", { hasText: name }).waitFor();
  }

  it("a name is claimed with a passkey, and signed in with", async () => {
    // A passkey belongs to a name, which 127.0.0.1 is not.
    await page.goto(server.address.replace("127.0.0.1", "localhost"));
    const devices = await context.newCDPSession(page);
    await devices.send("WebAuthn.enable");
    await devices.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await openAccount();
    await page.locator("#account-name").fill("Hopper");
    await dialog().getByRole("button", { name: "Claim it with a passkey" }).click();
    await page.locator(".account-name", { hasText: "Hopper" }).waitFor();
    await dialog().getByRole("button", { name: "Sign out" }).click();
    await page.locator(".account-name", { hasText: "Guest" }).waitFor();
    await dialog().getByRole("button", { name: "I have an account" }).click();
    await dialog().getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.locator(".account-name", { hasText: "Hopper" }).waitFor();
    await page.screenshot({ path: join(pictures, "account-passkey.png") });
    await page.reload();
    await page.locator(".account-name", { hasText: "Hopper" }).waitFor();
  });

  it("shows what one may have", async () => {
    await page.goto(server.address);
    await openAccount();
    await dialog().getByText("What you may have").click();
    await dialog().getByText("Analysed positions").waitFor();
    const found = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(found.violations, []);
    await page.screenshot({ path: join(pictures, "account-quotas.png") });
  });

  it("a guest claims a name, plays under it, signs out and in again", async () => {
    await claim("Ada");
    await page.keyboard.press("Escape");
    await startMatch();
    await page.getByText("Ada (you)").waitFor();
    await openAccount();
    await dialog().getByRole("button", { name: "Sign out" }).click();
    await page.locator(".account-name", { hasText: "Guest" }).waitFor();
    await dialog().getByRole("button", { name: "I have an account" }).click();
    await page.locator("#account-name").fill("ada");
    await page.locator("#account-password").fill("another password");
    await page.keyboard.press("Enter");
    await dialog().getByText("Name or password is wrong.").waitFor();
    await page.locator("#account-password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator(".account-name", { hasText: "Ada" }).waitFor();
    await page.reload();
    await page.locator(".account-name", { hasText: "Ada" }).waitFor();
  });

  it("makes a bot and its token by keyboard, shows the token once, and asks before it revokes", async () => {
    await claim("Grace");
    await page.locator("#bot-name").focus();
    await page.keyboard.type("Deep Thought");
    await page.keyboard.press("Enter");
    await dialog().getByRole("heading", { name: "Deep Thought" }).waitFor();
    await dialog().getByRole("button", { name: "New token for Deep Thought" }).focus();
    await page.keyboard.press("Enter");
    const secret = await dialog().locator("code").innerText();
    assert.match(secret, /^[\w-]{43}$/);
    await page.screenshot({ path: join(pictures, "account-bots.png") });
    await page.keyboard.press("Escape");
    await openAccount();
    await dialog().getByText("never used").waitFor();
    assert.equal(await dialog().locator("code").count(), 0);
    await dialog().getByRole("button", { name: "Revoke Token 1 of Deep Thought" }).click();
    await dialog().getByRole("button", { name: "Revoke? Yes" }).click();
    await dialog().getByText("never used").waitFor({ state: "detached" });
  });

  it("fits a narrow phone, in Hungarian", async () => {
    const phone = await newVisitor({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, locale: "hu-HU" });
    await phone.page.goto(server.address);
    await openAccount(phone.page);
    await phone.page.screenshot({ path: join(pictures, "account-phone-claim.png") });
    await fits(phone.page, 320);
    await claim("Árvíztűrő Tükörfúrógép Hosszan", phone.page);
    await phone.page.locator("#bot-name").fill("Mélységes Gondolat Automata");
    await phone.page.getByRole("button", { name: "Bot létrehozása" }).tap();
    await phone.page.getByRole("button", { name: "Új kulcs: Mélységes Gondolat Automata" }).tap();
    await dialog(phone.page).locator("code").waitFor();
    await phone.page.screenshot({ path: join(pictures, "account-phone-bots.png") });
    await fits(phone.page, 320);
    const wide = await dialog(phone.page).evaluate((node) => node.scrollWidth - node.clientWidth);
    assert.equal(wide, 0, "the dialog scrolls across");
    await phone.page.keyboard.press("Escape");
    await phone.page.screenshot({ path: join(pictures, "account-phone-bar.png") });
    await fits(phone.page, 320);
    await phone.context.close();
  });

  for (const colorScheme of ["light", "dark"]) {
    it(`has nothing for axe to find, ${colorScheme}`, async () => {
      const visitor = await newVisitor({ colorScheme, reducedMotion: "reduce" });
      await visitor.page.goto(server.address);
      await openAccount(visitor.page);
      await visitor.page.locator("#account-name").waitFor();
      await check(visitor.page, `account-claim-${colorScheme}`);
      await claim(`Axe ${colorScheme}`, visitor.page);
      await visitor.page.locator("#bot-name").fill(`Axe bot ${colorScheme}`);
      await visitor.page.keyboard.press("Enter");
      await visitor.page.getByRole("button", { name: "New token for" }).click();
      await dialog(visitor.page).locator("code").waitFor();
      await visitor.page.locator("summary", { hasText: "Change the password" }).click();
      await check(visitor.page, `account-${colorScheme}`);
      await visitor.context.close();
    });
  }
});

/** What axe finds is a failure. */
async function check(tab, name) {
  await tab.screenshot({ path: join(pictures, `${name}.png`) });
  const { violations } = await new AxeBuilder({ page: tab }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
  assert.deepEqual(
    violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(", ")}`),
    [],
    name,
  );
}

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

  it("calls a guest a guest in the reader's language", async () => {
    const visitor = await newVisitor({ locale: "hu-HU" });
    await playedMatch(["4"], { name: "Guest" }, visitor.page);
    await visitor.page.getByText("Vendég (te)").waitFor();
    await visitor.context.close();
  });

  for (const colorScheme of ["light", "dark"]) {
    it(`has nothing for axe to find, ${colorScheme}`, async () => {
      const visitor = await newVisitor({ colorScheme, reducedMotion: "reduce" });
      await visitor.page.goto(server.address);
      await visitor.page.locator(".strength").nth(3).waitFor();
      await check(visitor.page, `lobby-${colorScheme}`);
      await startMatch({}, visitor.page);
      await visitor.page.getByRole("switch", { name: "Show what" }).check();
      await visitor.page.keyboard.press("4");
      await moves(visitor.page).nth(1).waitFor();
      await visitor.page.locator(".policy").first().waitFor();
      await check(visitor.page, `match-${colorScheme}`);
      await visitor.context.close();
    });
  }

  it("can be installed: its manifest names icons that are there", async () => {
    await page.goto(server.address);
    const href = await page.locator("link[rel=manifest]").getAttribute("href");
    const manifest = await (await fetch(server.address + href)).json();
    for (const icon of manifest.icons) {
      const answer = await fetch(server.address + icon.src);
      assert.equal(answer.headers.get("content-type"), icon.type, icon.src);
      if (icon.type === "image/png") {
        const bytes = Buffer.from(await answer.arrayBuffer());
        assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, icon.sizes, icon.src);
      }
    }
  });

  it("loads little, and soon", async (test) => {
    const bytes = await scriptBytes();
    await page.goto(server.address);
    await page.locator(".strength").nth(3).waitFor();
    const ready = await page.evaluate(() => Math.round(performance.now()));
    test.diagnostic(`scripts: ${bytes} bytes gzipped; ready after ${ready} ms`);
    assert.ok(bytes < 120 * 1024);
  });
});
