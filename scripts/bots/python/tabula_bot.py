#!/usr/bin/env python3
"""A starter bot for Tabula, with Python's standard library alone.

  tabula_bot.py http://127.0.0.1:8080 --game connect-four --against mcts:50    starts a match of its own
  tabula_bot.py http://127.0.0.1:8080 --match ID                               takes the open seat of a match

It plays random legal moves: make choose() better. The protocol is in docs/protocol/protocol.md.
"""
import argparse, base64, json, os, random, socket, ssl, struct, sys, time, urllib.error, urllib.request
from urllib.parse import urlsplit


def choose(match):
    """The bot's brain: match["board"] has the top row first, match["legalMoves"] what may be played."""
    return random.choice(match["legalMoves"])


class Connection:
    """A websocket client: text frames both ways, pings answered."""

    def __init__(self, address):
        url = urlsplit(address)
        port = url.port or (443 if url.scheme == "https" else 80)
        self.socket = socket.create_connection((url.hostname, port), timeout=120)
        if url.scheme == "https":
            self.socket = ssl.create_default_context().wrap_socket(self.socket, server_hostname=url.hostname)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((
            f"GET /ws/v1 HTTP/1.1\r\nHost: {url.hostname}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: tabula.v1\r\n\r\n").encode())
        self.stream = self.socket.makefile("rb")
        if b" 101 " not in self.stream.readline():
            raise ConnectionError("The server did not accept the websocket.")
        while self.stream.readline().strip():
            pass

    def write(self, opcode, payload):
        mask = os.urandom(4)
        size = len(payload)
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x80 | opcode, 0xFE, size)
        self.socket.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload)))

    def send(self, **frame):
        self.write(1, json.dumps(frame).encode())

    def read(self):
        """The next text frame, as a dict."""
        text = b""
        while True:
            first, second = self._exactly(2)
            size = second & 0x7F
            if size == 126:
                size, = struct.unpack("!H", self._exactly(2))
            elif size == 127:
                size, = struct.unpack("!Q", self._exactly(8))
            payload = self._exactly(size)
            opcode = first & 0x0F
            if opcode == 8:
                raise ConnectionError("closed by the server")
            if opcode == 9:
                self.write(10, payload)
            elif opcode in (0, 1):
                text += payload
                if first & 0x80:
                    return json.loads(text)

    def _exactly(self, size):
        data = self.stream.read(size)
        if len(data) < size:
            raise ConnectionError("the connection broke")
        return data


def new_match(server, game, against, name):
    """Starts a match as the first player, and returns its id and the seat's token."""
    body = {"game": game, "first": {"kind": "bot", "name": name}, "second": {"kind": "agent", "agent": against}}
    request = urllib.request.Request(
        server + "/api/v1/matches", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            created = json.load(answer)
    except urllib.error.HTTPError as refusal:
        try:
            sys.exit(f"refused: {json.load(refusal)['error']['message']}")
        except (ValueError, LookupError):
            sys.exit(f"{server} answered {refusal}: is that Tabula?")
    except OSError as problem:
        sys.exit(f"{server} cannot be reached: {problem}")
    return created["match"]["id"], created["seatTokens"]["first"]


def play(server, match_id, token, name):
    """Plays a match to its end, and comes back to it when the connection breaks."""
    side, pause = None, 1
    while True:
        try:
            connection = Connection(server)
            connection.send(type="join", matchId=match_id,
                            data={"seatToken": token} if token else {"kind": "bot", "name": name})
            while True:
                frame = connection.read()
                pause = 1
                kind, data = frame["type"], frame["data"]
                if kind == "joined":
                    side, token = data["side"], data["seatToken"]
                elif kind == "refused" and not data["retryable"] and data["code"] != "stale_ply":
                    sys.exit(f"refused: {data['message']}")
                elif kind == "refused" and data["retryable"]:
                    # Ask how the match stands, a little later: the answer leads to the move again.
                    time.sleep(data.get("retryAfterMs", 1000) / 1000)
                    connection.send(type="watch", matchId=match_id)
                state = data["match"] if kind == "matchStarted" else data if kind == "matchState" else None
                if state and state["outcome"] != "ongoing":
                    return "draw" if state["outcome"] == "draw" else "won" if state["outcome"] == side else "lost"
                both_there = kind != "matchStarted" or "open" not in [s["kind"] for s in state["seats"].values()]
                if state and state["toMove"] == side and both_there:
                    connection.send(type="move", matchId=match_id, ply=state["ply"], data={"move": choose(state)})
                elif kind == "seatTaken":
                    connection.send(type="watch", matchId=match_id)
        except (ConnectionError, OSError) as problem:
            print(f"{problem}; back in {pause} s", file=sys.stderr)
            time.sleep(pause * random.uniform(0.5, 1))
            pause = min(30, pause * 2)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("--match")
    parser.add_argument("--game", default="connect-four")
    parser.add_argument("--against", default="random")
    parser.add_argument("--name", default="starter-bot")
    options = parser.parse_args()
    address = options.server.rstrip("/")
    if not address.startswith(("http://", "https://")):
        sys.exit(f"The server is an address such as http://127.0.0.1:8080, not {options.server}.")
    match, seat_token = (options.match, None) if options.match else new_match(
        address, options.game, options.against, options.name)
    print(f"{address}/match/{match}", flush=True)
    print(play(address, match, seat_token, options.name), flush=True)
