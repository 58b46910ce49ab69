/** Chessmen, drawn around the middle of a square that is 100 wide: an outline, and a line or two on it. */
export const CHESSMEN: Record<string, { outline: string; line?: string }> = {
  P: {
    outline:
      "M-26 36q0 -9 7 -12q11 -8 12 -22h-6q-4 0 -4 -4t4 -4h4a17 17 0 1 1 18 0h4q4 0 4 4t-4 4h-6q1 14 12 22q7 3 7 12z",
  },
  R: {
    outline:
      "M-29 37v-6q0 -5 5 -5h4l3 -32h-6q-3 0 -3 -3v-24h11v8h10v-8h10v8h10v-8h11v24q0 3 -3 3h-6l3 32h4q5 0 5 5v6z",
    line: "M-15 -6h30M-18 26h36",
  },
  N: {
    outline:
      "M-25 37v-6q0 -5 5 -5h3q-1 -20 12 -31q5 -4 4 -9l-13 9q-7 4 -11 -1t-2 -11l17 -16q2 -6 8 -10l6 8q22 4 25 31q2 14 -6 30h2q5 0 5 5v6z",
    line: "M-7 -21l.1 .1M-16 26h34",
  },
  B: {
    outline:
      "M-27 37q0 -8 8 -9q10 -2 11 -8h-5q-4 0 -4 -4t4 -4q-10 -8 -10 -21q0 -13 16 -24a7 7 0 1 1 14 0q16 11 16 24q0 13 -10 21q4 0 4 4t-4 4h-5q1 6 11 8q8 1 8 9z",
    line: "M4 -24l9 12M-11 12h22",
  },
  Q: {
    outline:
      "M-27 37v-6q0 -5 5 -6l-14 -44a5 5 0 1 1 4 -2l14 18l2 -33a5 5 0 1 1 6 0l10 31l10 -31a5 5 0 1 1 6 0l2 33l14 -18a5 5 0 1 1 4 2l-14 44q5 1 5 6v6z",
    line: "M-21 25h42M-18 14q18 -5 36 0",
  },
  K: {
    outline:
      "M-27 37v-6q0 -5 5 -6q-14 -12 -14 -26q0 -14 14 -14q10 0 18 10v-12h-9v-8h9v-12h8v12h9v8h-9v12q8 -10 18 -10q14 0 14 14q0 14 -14 26q5 1 5 6v6z",
    line: "M-21 25h42M0 -3v18",
  },
};
