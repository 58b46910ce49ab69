// Starts the real server and a real browser, for tests and pictures.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

function java() {
  const found = spawnSync("bash", ["-c", `source "${root}/scripts/lib/jdk.sh" && find_jdk 25`], { encoding: "utf8" });
  if (found.status !== 0) throw new Error(found.stderr);
  return join(found.stdout.trim(), "bin/java");
}

/** A server on a port of its own, with data of its own. */
export class Server {
  data = mkdtempSync(join(tmpdir(), "tabula-browser-"));
  port = 0;

  /** @param options of `serve`, beside those that every test needs */
  constructor(options = []) {
    this.options = options;
  }

  async start() {
    const classPath = `${root}/server/target/tabula-server.jar:${root}/server/target/lib/*`;
    this.process = spawn(
      java(),
      // The first compiler alone: a test's server lives for a minute or two.
      ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp", classPath,
        "tabula.server.Main", "serve", "--port", String(this.port), "--data", this.data, ...this.options],
      { env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" }, stdio: ["ignore", "pipe", "inherit"] },
    );
    this.address = await new Promise((ready, failed) => {
      let text = "";
      this.process.stdout.on("data", (data) => {
        text += data;
        const line = /ready at (http:\S+)/.exec(text);
        if (line) ready(line[1]);
      });
      this.process.once("exit", (code) => failed(new Error(`The server ended with ${code}.`)));
    });
    this.port = Number(new URL(this.address).port);
    return this.address;
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await ended;
  }

  async dispose() {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}

export function launchBrowser() {
  const executablePath = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .find(existsSync);
  if (!executablePath) throw new Error("There is no Chromium. Debian: apt-get install chromium-headless-shell");
  return chromium.launch({
    executablePath,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

/** The gzipped bytes of all scripts that the page loads first. */
export async function scriptBytes() {
  const { gzipSync } = await import("node:zlib");
  const assets = join(root, "web-client/target/dist/assets");
  const first = readFileSync(join(root, "web-client/target/dist/index.html"), "utf8");
  return readdirSync(assets)
    .filter((name) => name.endsWith(".js") && first.includes(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
}

export async function post(address, path, body) {
  const answer = await fetch(address + path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

/** Plays moves over sockets of their own, as bots would, from within a page; resolves once all are stored. */
export function playMoves(page, matchId, seatTokens, moves) {
  return page.evaluate(
    ([id, tokens, list]) =>
      new Promise((done, failed) => {
        const sockets = {};
        let joined = 0;
        let next = 0;
        const proceed = () => {
          if (next === list.length) {
            Object.values(sockets).forEach((socket) => socket.close());
            done();
          } else {
            const frame = { type: "move", matchId: id, ply: next, data: { move: list[next] } };
            sockets[next % 2 === 0 ? "first" : "second"].send(JSON.stringify(frame));
          }
        };
        for (const side of ["first", "second"]) {
          const socket = new WebSocket(`ws://${location.host}/ws/v1`, "tabula.v1");
          sockets[side] = socket;
          socket.onmessage = (message) => {
            const frame = JSON.parse(message.data);
            if (frame.type === "hello") {
              socket.send(JSON.stringify({ type: "join", matchId: id, data: { seatToken: tokens[side] } }));
            } else if (frame.type === "joined" && ++joined === 2) {
              proceed();
            } else if (frame.type === "moveAccepted") {
              next++;
              proceed();
            } else if (frame.type === "refused") {
              failed(new Error(frame.data.message));
            }
          };
        }
      }),
    [matchId, seatTokens, moves],
  );
}
