import type { ClientFrame, ServerFrame } from "./protocol";

export interface Connection {
  send(frame: ClientFrame): void;
  close(): void;
}

const SUBPROTOCOL = "tabula.v1";
const LONGEST_WAIT_MS = 8000;

/** A websocket that comes back by itself, after waits that grow and differ from visitor to visitor. */
export function connect(handlers: {
  opened(): void;
  heard(frame: ServerFrame): void;
  lost(): void;
}): Connection {
  let socket: WebSocket | null = null;
  let closed = false;
  let wait = 250;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let heartbeat: ReturnType<typeof setInterval> | undefined;

  function open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/ws/v1`, SUBPROTOCOL);
    socket.onopen = () => {
      wait = 250;
      heartbeat = setInterval(() => connection.send({ type: "ping" }), 20_000);
      handlers.opened();
    };
    socket.onmessage = (message) => handlers.heard(JSON.parse(String(message.data)) as ServerFrame);
    socket.onclose = () => {
      clearInterval(heartbeat);
      if (closed) return;
      handlers.lost();
      timer = setTimeout(open, wait * (0.5 + Math.random() / 2));
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    };
  }

  const connection: Connection = {
    send(frame) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
    },
    close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(heartbeat);
      socket?.close();
    },
  };
  open();
  return connection;
}
