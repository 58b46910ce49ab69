"""A websocket client, as Python's standard library has none: tabula_bot.py is the bot."""
import base64, http.client, json, os, struct, sys
from urllib.parse import urlsplit


def request(server, method, path, body, headers):
    """A request's socket and answer."""
    url = urlsplit(server)
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.netloc, timeout=30)
    connection.request(method, path, body, headers)
    return connection.sock, connection.getresponse()


class Websocket:
    """Sends and reads JSON. Whatever goes wrong on the way is an OSError."""

    def __init__(self, server, path, subprotocol):
        self.socket, answer = request(server, "GET", path, None, {
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(), "Sec-WebSocket-Protocol": subprotocol})
        if answer.status in (400, 403) or answer.status == 101 and answer.getheader("Sec-WebSocket-Protocol") != subprotocol:
            sys.exit(f"The server takes no websocket that speaks {subprotocol}: {answer.status} {answer.read().decode()}")
        if answer.status != 101:
            raise ConnectionError(f"the server answers {answer.status} {answer.reason}")
        self.answer = answer  # once nobody holds it, it closes the stream

    def give_up_after(self, seconds):
        """Reading fails once nothing at all came for so long."""
        self.socket.settimeout(seconds)

    def send(self, frame):
        self._write(1, json.dumps(frame).encode())

    def read(self):
        """The next text's JSON. Pings are answered on the way."""
        text = b""
        while True:
            first, size = self._exactly(2)
            if size > 125:
                size = int.from_bytes(self._exactly(2 if size == 126 else 8), "big")
            opcode, payload = first & 0x0F, self._exactly(size)
            if opcode == 8:
                code = int.from_bytes(payload[:2], "big")
                if code == 4001:
                    sys.exit("Another program goes on with this session.")
                raise ConnectionError(f"the server closed the connection: {code} {payload[2:].decode()}")
            if opcode == 9:
                self._write(10, payload)
            elif opcode < 2:
                text += payload
                if first & 0x80:
                    return json.loads(text)

    def close(self):
        try:
            self._write(8, struct.pack("!H", 1000))
        finally:
            self.socket.close()

    def _write(self, opcode, payload):
        mask, size = os.urandom(4), len(payload)
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x80 | opcode, 0xFE, size)
        self.socket.sendall(head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)))

    def _exactly(self, size):
        data = self.answer.fp.read(size)
        if len(data) < size:
            raise ConnectionError("the connection broke")
        return data
