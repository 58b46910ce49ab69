import { describe, expect, it } from "vitest";
import { hear, left, show } from "../src/clock";
import { apply, emptyPage } from "../src/state";
import type { ServerFrame } from "../src/protocol";

const days = (d: number, h: number) => `${d}d${h}h`;

describe("clocks", () => {
  const clocks = { first: 60_000, second: 30_000, running: "second", at: 5000 } as const;

  it("runs for the side that thinks, from when it was heard", () => {
    const heard = hear(clocks, 5000, 100)!;
    expect(left(heard, "first", 10_100)).toBe(60_000);
    expect(left(heard, "second", 10_100)).toBe(20_000);
    expect(left(heard, "second", 99_999)).toBe(0);
  });

  it("takes off what ran before the frame was sent", () => {
    expect(left(hear(clocks, 7000, 100)!, "second", 100)).toBe(28_000);
    // Held clocks begin to run later.
    expect(left(hear(clocks, 4000, 100)!, "second", 100)).toBe(30_000);
  });

  it("is not there in a match without clocks", () => {
    expect(hear(undefined, 0, 0)).toBeNull();
  });

  it("is set anew by the server's pings", () => {
    const page = { ...emptyPage, match: { id: "m" } as never };
    const ping: ServerFrame = { type: "ping", seq: 1, ts: 5000, data: { clocks: { m: clocks } } };
    expect(apply(page, ping, 7).clocks).toEqual({ ...clocks, heardAt: 7 });
    expect(apply(page, { ...ping, data: {} }, 7)).toBe(page);
  });
});

describe("show", () => {
  it("writes a time as a clock does", () => {
    expect(show(0, days)).toBe("0:00.0");
    expect(show(9_960, days)).toBe("0:09.9");
    expect(show(10_000, days)).toBe("0:10");
    expect(show(185_000, days)).toBe("3:05");
    expect(show(3_725_000, days)).toBe("1:02:05");
    expect(show(3 * 86_400_000 - 1, days)).toBe("2d23h");
  });
});
