/** What this browser remembers between visits. Where it may not, everything works for as long as the page is open. */

const inMemory = new Map<string, string>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(`tabula.${key}`);
  } catch {
    return inMemory.get(key) ?? null;
  }
}

function write(key: string, value: string) {
  try {
    localStorage.setItem(`tabula.${key}`, value);
  } catch {
    inMemory.set(key, value);
  }
}

const MOST_SEATS_LISTED = 12;

export const memory = {
  seatToken: (matchId: string) => read(`seat.${matchId}`),
  keepSeatToken(matchId: string, token: string) {
    write(`seat.${matchId}`, token);
    write("seats", [matchId, ...memory.seats().filter((id) => id !== matchId)].slice(0, MOST_SEATS_LISTED).join(" "));
  },
  /** The matches in which this browser took a seat, the last one first. */
  seats: () => (read("seats") ?? "").split(" ").filter((id) => id !== ""),
  forgetSeat: (matchId: string) => write("seats", memory.seats().filter((id) => id !== matchId).join(" ")),
  choice: (name: string) => read(`choice.${name}`),
  keepChoice: (name: string, value: string) => write(`choice.${name}`, value),
};
