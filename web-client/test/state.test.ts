import { describe, expect, it } from "vitest";
import type { Match, ServerFrame } from "../src/protocol";
import { apply, canMove, emptyPage, mayQueue, type MatchPage, shownMoves } from "../src/state";

const match: Match = {
  id: "m1",
  game: "connect-four",
  seats: { first: { kind: "person", name: "A" }, second: { kind: "agent", agent: "random", name: "Random" } },
  moves: ["4"],
  ply: 1,
  toMove: "second",
  legalMoves: ["1", "2", "3", "4", "5", "6", "7"],
  board: [],
  outcome: "ongoing",
  reason: null,
  winningSquares: [],
  createdAt: 0,
};

const started: ServerFrame = { type: "matchStarted", seq: 2, ts: 0, matchId: "m1", data: { match } };
const moved = (move: string, ply: number): ServerFrame => ({
  type: "matchState",
  seq: 3, ts: 0,
  matchId: "m1",
  data: {
    move,
    ply,
    by: ply % 2 === 1 ? "first" : "second",
    toMove: ply % 2 === 0 ? "first" : "second",
    legalMoves: ["1"],
    board: [],
    outcome: "ongoing",
    reason: null,
    winningSquares: [],
  },
});

const seated: MatchPage = [
  { type: "joined", seq: 1, ts: 0, data: { side: "first", seatToken: "t" } } as ServerFrame,
  started,
].reduce(apply, emptyPage);

describe("apply", () => {
  it("appends a move, and clears what was sent and refused", () => {
    const page = apply({ ...seated, sent: "3", refusal: "illegal_move" }, moved("4", 2));
    expect(page.match?.moves).toEqual(["4", "4"]);
    expect(page.match?.toMove).toBe("first");
    expect(page.sent).toBeNull();
    expect(page.refusal).toBeNull();
  });

  it("keeps a move that waits through the answer, and drops it once moves are taken back or the match is over", () => {
    const to = { from: null, to: { column: 3, row: 0 }, sure: true };
    const waiting = apply(seated, { type: "local.queue", move: to });
    expect(mayQueue(seated)).toBe(true);
    expect(waiting.queued).toEqual(to);
    const answered = apply(waiting, moved("4", 2));
    expect(answered.queued).toEqual(to);
    expect(canMove(answered)).toBe(true);
    expect(mayQueue(answered)).toBe(false);
    expect(apply(waiting, { type: "local.queue", move: null }).queued).toBeNull();
    const frame = moved("", 0) as Extract<ServerFrame, { type: "matchState" }>;
    expect(apply(waiting, { ...frame, data: { ...frame.data, move: null, moves: [] } }).queued).toBeNull();
    expect(apply(waiting, { type: "refused", seq: 4, ts: 0, data: { code: "illegal_move", message: "", retryable: false } }).queued).toBeNull();
    expect(apply({ ...seated, side: null }, { type: "local.queue", move: to }).queued).toBeNull();
  });

  it("knows who looks on for as long as it is connected", () => {
    const onlookers = (others: number): ServerFrame => ({
      type: "spectators",
      seq: 5,
      ts: 0,
      matchId: "m1",
      data: { named: [], others },
    });
    const id = seated.match?.id ?? "";
    const watched = apply(seated, { ...onlookers(2), matchId: id } as ServerFrame);
    expect(watched.spectators?.others).toBe(2);
    expect(apply(watched, { ...onlookers(9), matchId: "another" } as ServerFrame).spectators?.others).toBe(2);
    expect(apply(watched, { ...onlookers(0), matchId: id } as ServerFrame).spectators).toBeNull();
    expect(apply(watched, { type: "local.offline" }).spectators).toBeNull();
  });

  it("takes the whole list after a takeback", () => {
    const frame = moved("", 0) as Extract<ServerFrame, { type: "matchState" }>;
    const page = apply(seated, { ...frame, data: { ...frame.data, move: null, moves: [] } });
    expect(page.match?.moves).toEqual([]);
  });

  it("ignores other matches and frames that it does not know", () => {
    expect(apply(seated, { ...moved("4", 2), matchId: "m2" } as ServerFrame)).toBe(seated);
    expect(apply(seated, { type: "fireworks", seq: 9, ts: 0, data: {} } as unknown as ServerFrame)).toBe(seated);
  });

  it("keeps the look back within the match, and lets go of it at its end", () => {
    expect(apply(seated, { type: "local.view", ply: -3 }).viewPly).toBe(0);
    expect(apply(seated, { type: "local.view", ply: 99 }).viewPly).toBeNull();
  });

  it("tries moves from where one looks, once the match is over, and leaves the match as it was", () => {
    const exploring = (page: MatchPage) => apply(page, { type: "local.explore", on: true });
    expect(exploring(seated).tried).toBeNull();
    const over: MatchPage = { ...seated, match: { ...seated.match!, moves: ["4", "4", "3"], ply: 3, outcome: "first" } };
    const looking = apply(over, { type: "local.view", ply: 1 });
    const tried = (["2", "1"] as const).reduce((page, move) => apply(page, { type: "local.try", move }), exploring(looking));
    expect(shownMoves(tried)).toEqual(["4", "2", "1"]);
    expect(tried.match).toBe(over.match);
    expect(shownMoves(apply(tried, { type: "local.untry" }))).toEqual(["4", "2"]);
    expect(shownMoves(apply(tried, { type: "local.view", ply: 2 }))).toEqual(["4", "4"]);
    expect(shownMoves(apply(tried, { type: "local.explore", on: false }))).toEqual(["4"]);
    expect(apply(looking, { type: "local.try", move: "2" })).toBe(looking);
  });

  it("ends a match", () => {
    const page = apply(seated, {
      type: "matchEnded",
      seq: 5, ts: 0,
      matchId: "m1",
      data: { outcome: "second", reason: "resignation" },
    });
    expect(page.match?.toMove).toBeNull();
    expect(page.match?.reason).toBe("resignation");
    expect(canMove(page)).toBe(false);
  });

  it("puts who takes a seat on it", () => {
    const page = apply(seated, {
      type: "seatTaken",
      seq: 5, ts: 0,
      matchId: "m1",
      data: { side: "second", seat: { kind: "bot", name: "B" } },
    });
    expect(page.match?.seats.second).toEqual({ kind: "bot", name: "B" });
  });
});

describe("canMove", () => {
  const mine = apply(seated, moved("4", 2));
  it("is true on one's turn alone", () => {
    expect(canMove(seated)).toBe(false);
    expect(canMove(mine)).toBe(true);
  });
  it("is false offline, while a move is on its way, while looking back, and without a seat", () => {
    expect(canMove(apply(mine, { type: "local.offline" }))).toBe(false);
    expect(canMove(apply(mine, { type: "local.sent", move: "1" }))).toBe(false);
    expect(canMove(apply(mine, { type: "local.view", ply: 1 }))).toBe(false);
    expect(canMove({ ...mine, side: null })).toBe(false);
  });
  it("waits, after an absence, for how the match stands", () => {
    const back = apply(apply(mine, { type: "local.offline" }), {
      type: "joined",
      seq: 1, ts: 0,
      data: { side: "first", seatToken: "t" },
    } as ServerFrame);
    expect(canMove(back)).toBe(false);
    expect(canMove(apply(back, { ...started, data: { match: mine.match! } } as ServerFrame))).toBe(true);
  });
  it("is false while the other seat is open", () => {
    const open = { ...mine, match: { ...mine.match!, seats: { ...match.seats, second: { kind: "open" as const } } } };
    expect(canMove(open)).toBe(false);
  });
});
