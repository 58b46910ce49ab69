#!/usr/bin/env python3
"""A starter bot for Tabula, with Python's standard library alone.

  tabula_bot.py http://127.0.0.1:8080 --game connect-four --against mcts:50    starts a match of its own
  tabula_bot.py http://127.0.0.1:8080 --match ID                               takes the open seat of a match

It plays random legal moves: make choose() better. The protocol is in docs/protocol/protocol.md.
"""
import argparse, http.client, json, random, signal, sys, time
from websocket import Websocket, request


def choose(match):
    """The bot's brain: match["board"] has the top row first, match["legalMoves"] what may be played."""
    return random.choice(match["legalMoves"])


class Player:
    """Plays one match to its end, however often the connection breaks."""

    def __init__(self, server, name, match_id, token):
        self.server, self.name, self.match_id, self.token = server, name, match_id, token
        self.socket = self.session = self.side = self.match = self.move = None
        self.last_seq, self.pause = 0, 0.5

    def play(self):
        while not self.match or self.match["outcome"] == "ongoing":
            try:
                self.socket = self.socket or Websocket(self.server, "/ws/v1", "tabula.v1")
                self.hear(**self.socket.read())
            except (OSError, http.client.HTTPException) as problem:
                wait = self.pause * random.uniform(1, 2)  # at random, so that not everybody comes back at once
                print(f"{problem}; back in {wait:.1f} s", file=sys.stderr, flush=True)
                time.sleep(wait)
                self.socket, self.pause = None, min(30, self.pause * 2)
        self.socket.close()
        return {self.side: "won", "draw": "draw"}.get(self.match["outcome"], "lost")

    def send(self, type, data, **fields):
        self.socket.send({"type": type, "data": data, **fields})

    def join(self):
        """Takes the seat, or takes it up again. The answers are joined, then matchStarted."""
        self.send("join", {"seatToken": self.token} if self.token else {"kind": "bot", "name": self.name}, matchId=self.match_id)

    def hear(self, type, seq=0, data=None, **others):
        if type == "hello":
            self.socket.give_up_after(2.5 * data["heartbeatMs"] / 1000)  # it pings: silence means that it is gone
            if self.session:
                tokens = {self.match_id: self.token} if self.token else {}
                return self.send("resume", {"sessionId": self.session, "lastSeq": self.last_seq, "seatTokens": tokens})
            self.session = data["sessionId"]
            return self.join()
        if type == "ping":
            return self.send("pong", {})
        if type == "resumed" and data["sessionId"] != self.session:
            self.session, self.last_seq = data["sessionId"], 0  # the server was started anew, and counts anew
        if seq <= self.last_seq:
            return None  # heard before
        self.last_seq = seq
        if type == "refused":
            if not data["retryable"] and not (self.token and data["code"] in ("stale_ply", "match_over")):
                sys.exit(f"refused: {data['message']}")
            time.sleep(data.get("retryAfterMs", 1000) / 1000)
        if type in ("refused", "seatTaken") or type == "resumed" and not self.token:
            self.join()  # the answer says how the match stands, and leads to the move again
        elif type == "joined":
            self.side, self.token, self.pause = data["side"], data["seatToken"], 0.5
        elif type == "matchStarted":
            self.match = data["match"]
        elif type in ("matchState", "matchEnded") and self.match:
            self.match.update(data)
        elif type == "resumed":
            self.pause = 0.5
        elif type == "draining":
            self.pause = data["resumeAfterMs"] / 1000
        if type in ("matchStarted", "matchState", "resumed"):
            self.move_if_due()

    def move_if_due(self):
        match = self.match
        if match and match["toMove"] == self.side and "open" not in [seat["kind"] for seat in match["seats"].values()]:
            if not self.move or self.move[0] != match["ply"]:
                self.move = match["ply"], choose(match)
            # Where the answer was lost, the same move goes out again, and has the same answer.
            self.send("move", {"move": self.move[1]}, matchId=self.match_id, ply=match["ply"])


def start_match(server, game, against, name):
    """Starts a match as the first player, and returns its id and the seat's token."""
    body = {"game": game, "first": {"kind": "bot", "name": name}, "second": {"kind": "agent", "agent": against}}
    while True:
        answer = json.load(request(server, "POST", "/api/v1/matches", json.dumps(body), {"Content-Type": "application/json"})[1])
        if "error" not in answer:
            return answer["match"]["id"], answer["seatTokens"]["first"]
        if not answer["error"]["retryable"]:
            sys.exit(f"refused: {answer['error']['message']}")
        time.sleep(answer["error"].get("retryAfterMs", 1000) / 1000 * random.uniform(1, 2))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("--match")
    parser.add_argument("--game", default="connect-four")
    parser.add_argument("--against", default="random")
    parser.add_argument("--name", default="starter-bot")
    options = parser.parse_args()
    address = options.server.rstrip("/")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the connection ends; the match waits
    seat = options.match, None
    try:
        seat = seat if options.match else start_match(address, options.game, options.against, options.name)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        sys.exit(f"{address} cannot be reached, or is no Tabula: {problem}")
    print(f"{address}/match/{seat[0]}", flush=True)
    print(Player(address, options.name, *seat).play(), flush=True)
