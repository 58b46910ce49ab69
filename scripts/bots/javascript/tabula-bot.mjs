#!/usr/bin/env -S node --experimental-websocket
// A starter bot for Tabula, with what is built into Node.js alone: 22 or newer, or 20 with --experimental-websocket.
//   tabula-bot.mjs http://127.0.0.1:8080 --game connect-four --against mcts:50    starts a match of its own
//   tabula-bot.mjs http://127.0.0.1:8080 --match ID                               takes the open seat of a match
// It plays random legal moves: make choose() better. The protocol is in docs/protocol/protocol.md.
import { parseArgs } from "node:util";

/** The bot's brain: match.board has the top row first, match.legalMoves what may be played. */
function choose(match) {
  return match.legalMoves[Math.floor(Math.random() * match.legalMoves.length)];
}
const exit = (message) => process.exit(console.error(message) ?? 1);

/** Plays one match to its end, however often the connection breaks. */
class Player {
  constructor(matchId, token) {
    Object.assign(this, { matchId, token, lastSeq: 0, pause: 500 });
  }

  connect() {
    const socket = (this.socket = new WebSocket(server.replace(/^http/, "ws") + "/ws/v1", "tabula.v1"));
    this.watch(socket, 30_000);
    socket.onerror = () => this.comeBack(socket, "the connection broke");
    socket.onclose = ({ code, reason }) => this.comeBack(socket, `closed: ${code} ${reason}`, code === 4001);
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      this.hear(JSON.parse(data));
      this.watch(socket, this.silence);
    };
  }

  /** The server pings: silence means that it is gone. */
  watch(socket, millis) {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.comeBack(socket, "nothing is heard"), millis);
  }

  comeBack(socket, problem, replaced) {
    if (socket !== this.socket) return;
    if (replaced) exit("Another program goes on with this session.");
    this.socket = null;
    socket.close();
    const wait = this.pause * (1 + Math.random()); // at random, so that not everybody comes back at once
    this.pause = Math.min(30_000, this.pause * 2);
    console.error(`${problem}; back in ${(wait / 1000).toFixed(1)} s`);
    setTimeout(() => this.connect(), wait);
  }

  send(type, data, fields) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ type, data, ...fields }));
  }

  /** Takes the seat, or takes it up again. The answers are joined, then matchStarted. */
  join() {
    this.send("join", this.token ? { seatToken: this.token } : { kind: "bot", name: options.name }, { matchId: this.matchId });
  }

  hear({ type, seq = 0, data }) {
    if (type === "hello") {
      this.silence = 2.5 * data.heartbeatMs;
      const seatTokens = this.token ? { [this.matchId]: this.token } : {};
      if (this.session) return this.send("resume", { sessionId: this.session, lastSeq: this.lastSeq, seatTokens });
      this.session = data.sessionId;
      return this.join();
    }
    if (type === "ping") return this.send("pong", {});
    if (type === "resumed" && data.sessionId !== this.session) [this.session, this.lastSeq] = [data.sessionId, 0];
    if (seq <= this.lastSeq) return; // heard before
    this.lastSeq = seq;
    if (type === "refused") {
      const stale = this.token && ["stale_ply", "match_over"].includes(data.code);
      if (!data.retryable && !stale) exit(`refused: ${data.message}`);
      setTimeout(() => this.join(), data.retryAfterMs ?? 1000); // the answer leads to the move again
    } else if (type === "seatTaken" || (type === "resumed" && !this.token)) this.join();
    else if (type === "joined") [this.side, this.token, this.pause] = [data.side, data.seatToken, 500];
    else if (type === "resumed") this.pause = 500;
    else if (type === "draining") this.pause = data.resumeAfterMs;
    else if (type === "matchStarted") this.match = data.match;
    else if (this.match && ["matchState", "matchEnded"].includes(type)) Object.assign(this.match, data);
    if (this.match && ["matchStarted", "matchState", "matchEnded", "resumed"].includes(type)) this.moveIfDue(this.match);
  }

  moveIfDue({ outcome, toMove, ply, seats, legalMoves }) {
    if (outcome !== "ongoing") {
      console.log({ [this.side]: "won", draw: "draw" }[outcome] ?? "lost");
      process.exit(0);
    }
    if (toMove !== this.side || Object.values(seats).some(({ kind }) => kind === "open")) return;
    if (this.move?.ply !== ply) this.move = { ply, move: choose(this.match) };
    // Where the answer was lost, the same move goes out again, and has the same answer.
    this.send("move", { move: this.move.move }, { matchId: this.matchId, ply });
  }
}

/** Starts a match as the first player; returns its id and the seat's token. */
async function startMatch() {
  const { game, name, against: agent } = options;
  const body = JSON.stringify({ game, first: { kind: "bot", name }, second: { kind: "agent", agent } });
  const request = { method: "POST", headers: { "Content-Type": "application/json" }, body };
  while (true) {
    const { match, seatTokens, error } = await (await fetch(`${server}/api/v1/matches`, request)).json();
    if (!error) return [match.id, seatTokens.first];
    if (!error.retryable) exit(`refused: ${error.message}`);
    await new Promise((resolve) => setTimeout(resolve, (error.retryAfterMs ?? 1000) * (1 + Math.random())));
  }
}

const text = (value) => ({ type: "string", default: value });
const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { match: text(), game: text("connect-four"), against: text("random"), name: text("starter-bot") },
});
const server = String(positionals[0]).replace(/\/$/, "");
const unreachable = (problem) => exit(`${server} cannot be reached, or is no Tabula: ${problem.message}`);
const seat = options.match ? [options.match] : await startMatch().catch(unreachable);
console.log(`${server}/match/${seat[0]}`);
const player = new Player(...seat);
process.on("SIGTERM", () => process.exit(143)); // the connection ends; the match waits
player.connect();
