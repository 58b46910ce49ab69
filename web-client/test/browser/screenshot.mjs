// Takes the README's picture: a match in its middle, with what the network sees of it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser, post, root, Server } from "./harness.mjs";

const server = new Server();
const browser = await launchBrowser();
try {
  const address = await server.start();
  const page = await browser.newPage({ viewport: { width: 1180, height: 800 }, locale: "en", colorScheme: "light" });
  const levels = (await (await fetch(`${address}/api/v1/agents?game=connect-four`)).json()).agents;
  const opponent = levels.filter((level) => level.kind === "checkpoint").at(-2) ?? levels.at(2);
  const { match, seatTokens } = await post(address, "/api/v1/matches", {
    game: "connect-four",
    first: { kind: "person", name: "Guest" },
    second: { kind: "agent", agent: opponent.agent },
  });
  await page.goto(address);
  await page.evaluate(([id, token]) => {
    localStorage.setItem(`tabula.seat.${id}`, token);
    localStorage.setItem("tabula.choice.insight", "on");
  }, [match.id, seatTokens.first]);
  await page.goto(`${address}/match/${match.id}`);
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const column of [4, 4, 3, 5]) {
    await page.locator("#status", { hasText: /Your turn|won|lost|draw/ }).waitFor();
    if (!(await page.locator("#status").innerText()).startsWith("Your turn")) break;
    const before = await page.locator(".moves li").count();
    await page.keyboard.press(String(column));
    await page.locator(".moves li").nth(before + 1).waitFor({ timeout: 20_000 }).catch(() => {});
  }
  await page.locator(".policy").first().waitFor();
  const folder = join(root, "docs/images");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, "page.png") });
  console.log("docs/images/page.png");
} finally {
  await browser.close();
  await server.dispose();
}
