// Takes the README's picture: a match in its middle, where the network sees several good moves.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser, post, root, Server } from "./harness.mjs";

const NETWORK = "net:latest?visits=100";
const server = new Server();
const browser = await launchBrowser();
try {
  const address = await server.start();
  const page = await browser.newPage({ viewport: { width: 1180, height: 800 }, locale: "en", colorScheme: "light" });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(address);
  await page.evaluate(() => localStorage.setItem("tabula.choice.insight", "on"));

  /** Plays as the network advises until the choice is wide; false where the match ends first. */
  async function reachWideChoice(firstMove) {
    const { match, seatTokens } = await post(address, "/api/v1/matches", {
      game: "connect-four",
      first: { kind: "person", name: "Guest" },
      second: { kind: "agent", agent: NETWORK },
    });
    await page.evaluate(([id, token]) => localStorage.setItem(`tabula.seat.${id}`, token), [match.id, seatTokens.first]);
    await page.goto(`${address}/match/${match.id}`);
    for (let move = firstMove; ; move = /favours (\d)/.exec(await page.locator(".under-board").innerText())[1]) {
      const before = await page.locator(".moves li").count();
      await page.locator("#status", { hasText: "Your turn" }).waitFor();
      await page.keyboard.press(String(move));
      await page.waitForFunction(
        (ply) =>
          /won|lost|draw/.test(document.querySelector("#status").textContent) ||
          (document.querySelectorAll(".moves li").length === ply && document.querySelector(".policy")),
        before + 2,
      );
      if (!(await page.locator("#status").innerText()).startsWith("Your turn")) return false;
      const numbers = (await page.locator(".policy text").allTextContents()).map(Number);
      if (before + 2 >= 8 && numbers.filter((number) => number >= 8).length >= 3) return true;
    }
  }

  let found = false;
  for (const firstMove of [4, 3, 5, 2, 6, 1, 7]) {
    found = await reachWideChoice(firstMove);
    if (found) break;
  }
  if (!found) throw new Error("The network was sure of itself in every match.");
  const folder = join(root, "docs/images");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, "page.png") });
  console.log("docs/images/page.png");
} finally {
  await browser.close();
  await server.dispose();
}
