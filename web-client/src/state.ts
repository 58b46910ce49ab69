import { hear, type HeardClocks } from "./clock";
import type { Queued } from "./premove";
import { other, type Match, type ServerSpectators, type OfferKind, type Offers, type ServerFrame, type Side } from "./protocol";

/** Everything that the page of a match shows: a pure function of what happened. */
export interface MatchPage {
  match: Match | null;
  /** The match is a record that was opened: nobody plays it, and it may have no result. */
  recorded: boolean;
  /** The side that this visitor holds, if any. */
  side: Side | null;
  seatToken: string | null;
  /** A move on its way to the server. */
  sent: string | null;
  /** A move that waits for this visitor's turn. */
  queued: Queued | null;
  /** The last refusal's code, until something else happens. */
  refusal: string | null;
  /** How many moves deep the visitor looks; null follows the match. */
  viewPly: number | null;
  /** Moves tried beyond what is looked at, once the match is over; null while nothing is tried. */
  tried: string[] | null;
  /** What is on offer, and by which side. */
  offers: Offers;
  /** What the other side declined last, until something else happens. */
  declined: OfferKind | null;
  /** Null in a match without clocks. */
  clocks: HeardClocks | null;
  /** Who looks on; null where nobody does. */
  spectators: ServerSpectators["data"] | null;
  /** Connected, and told how the match stands. */
  online: boolean;
}

/** What the visitor and the connection do; what the server says comes as its frames. */
export type PageEvent =
  | { type: "local.offline" }
  | { type: "local.sent"; move: string }
  | { type: "local.queue"; move: Queued | null }
  | { type: "local.view"; ply: number }
  | { type: "local.explore"; on: boolean }
  | { type: "local.try"; move: string }
  | { type: "local.untry" }
  | { type: "local.dismiss" };

export const emptyPage: MatchPage = {
  match: null,
  recorded: false,
  side: null,
  seatToken: null,
  sent: null,
  queued: null,
  refusal: null,
  viewPly: null,
  tried: null,
  offers: {},
  declined: null,
  clocks: null,
  spectators: null,
  online: false,
};

/** The page of a record, which no server tells more about. */
export const recordPage = (match: Match): MatchPage => ({ ...emptyPage, match, recorded: true, online: true });

/**
 * The page after something happened.
 * @param now when, by the page's clock
 */
export function apply(page: MatchPage, event: ServerFrame | PageEvent, now = 0): MatchPage {
  switch (event.type) {
    case "local.offline":
      return { ...page, online: false, sent: null, spectators: null };
    case "local.sent":
      return { ...page, sent: event.move, queued: null, refusal: null, viewPly: null };
    case "local.queue":
      return { ...page, queued: mayQueue(page) ? event.move : null, refusal: null };
    case "local.view": {
      const last = page.match?.ply ?? 0;
      const ply = Math.max(0, Math.min(last, event.ply));
      return { ...page, viewPly: ply === last ? null : ply, tried: page.tried && [] };
    }
    case "local.explore":
      return { ...page, tried: event.on && isOver(page) ? [] : null };
    case "local.try":
      return page.tried === null ? page : { ...page, tried: [...page.tried, event.move] };
    case "local.untry":
      return page.tried === null ? page : { ...page, tried: page.tried.slice(0, -1) };
    case "local.dismiss":
      return { ...page, refusal: null };
    case "matchStarted":
      return {
        ...page,
        match: event.data.match,
        clocks: hear(event.data.match.clocks, event.ts, now),
        offers: event.data.match.offers ?? {},
        declined: null,
        sent: null,
        queued: event.data.match.outcome === "ongoing" ? page.queued : null,
        online: true,
      };
    case "matchState": {
      if (!page.match || page.match.id !== event.matchId) return page;
      const { move, by: _, moves, ...change } = event.data;
      const all = moves ?? (move === null ? page.match.moves : [...page.match.moves, move]);
      return {
        ...page,
        match: { ...page.match, ...change, moves: all },
        clocks: hear(change.clocks, event.ts, now),
        offers: change.offers ?? {},
        declined: null,
        sent: null,
        // Where moves were taken back, what was meant to follow them is not meant any more.
        queued: moves === undefined ? page.queued : null,
        refusal: null,
      };
    }
    case "matchEnded":
      if (!page.match || page.match.id !== event.matchId) return page;
      return {
        ...page,
        match: { ...page.match, outcome: event.data.outcome, reason: event.data.reason, toMove: null, legalMoves: [] },
        clocks: hear(event.data.clocks, event.ts, now),
        offers: {},
        declined: null,
        sent: null,
        queued: null,
      };
    case "seatTaken":
      if (!page.match || page.match.id !== event.matchId) return page;
      return {
        ...page,
        match: { ...page.match, seats: { ...page.match.seats, [event.data.side]: event.data.seat } },
      };
    case "offers":
      if (!page.match || page.match.id !== event.matchId) return page;
      return {
        ...page,
        offers: event.data.offers,
        declined: event.data.by === page.side ? null : (event.data.declined ?? null),
        refusal: null,
      };
    case "spectators":
      if (page.match && page.match.id !== event.matchId) return page;
      return { ...page, spectators: event.data.named.length + event.data.others > 0 ? event.data : null };
    case "joined":
      return { ...page, side: event.data.side, seatToken: event.data.seatToken };
    case "refused":
      return { ...page, refusal: event.data.code, sent: null, queued: null };
    case "ping":
    case "pong": {
      const clocks = event.data.clocks?.[page.match?.id ?? ""];
      return clocks === undefined ? page : { ...page, clocks: hear(clocks, event.ts, now) };
    }
    case "moveAccepted":
    case "accepted":
    case "hello":
    case "unwatched":
      return page;
    default:
      // A newer server may say more: what is not known changes nothing.
      return page;
  }
}

/** The moves that lead to what is looked at. */
export function shownMoves(page: MatchPage): string[] {
  const moves = page.match?.moves ?? [];
  return [...moves.slice(0, page.viewPly ?? moves.length), ...(page.tried ?? [])];
}

/** Whether nobody plays the match any more, so that it can be looked into. */
export const isOver = (page: MatchPage): boolean =>
  page.match !== null && (page.recorded || page.match.outcome !== "ongoing");

/** Whether the visitor may make a move now that waits for its turn. */
export function mayQueue(page: MatchPage): boolean {
  const match = page.match;
  return (
    match !== null &&
    page.online &&
    page.side !== null &&
    page.viewPly === null &&
    match.toMove === other(page.side) &&
    match.seats[other(page.side)].kind !== "open"
  );
}

/** Whether the visitor may move now. */
export function canMove(page: MatchPage): boolean {
  const match = page.match;
  return (
    match !== null &&
    page.online &&
    page.sent === null &&
    page.viewPly === null &&
    page.side !== null &&
    match.toMove === page.side &&
    match.seats[other(page.side)].kind !== "open"
  );
}
