/** Sounds, made when they are heard: no files. */

export type Sound = "mine" | "theirs" | "won" | "lost" | "drawn";

interface Tone {
  hertz: number;
  /** Seconds from the beginning. */
  at: number;
  seconds: number;
  /** Of the full volume. */
  share: number;
  shape: OscillatorType;
}

const knock = (hertz: number): Tone[] => [
  { hertz, at: 0, seconds: 0.07, share: 0.5, shape: "triangle" },
  { hertz: hertz * 2.7, at: 0, seconds: 0.025, share: 0.25, shape: "sine" },
];
const notes = (...all: number[]): Tone[] =>
  all.map((hertz, index) => ({ hertz, at: index * 0.13, seconds: 0.3, share: 0.3, shape: "sine" }));

const SOUNDS: Record<Sound, Tone[]> = {
  mine: knock(330),
  theirs: knock(247),
  won: notes(523, 659, 784),
  lost: notes(440, 349),
  drawn: notes(440, 440),
};

let context: AudioContext | undefined;

/** Plays a sound. A browser lets none be heard before its visitor has touched the page: then it stays quiet. */
export function playSound(sound: Sound) {
  const audio = (context ??= new AudioContext());
  if (audio.state === "suspended") void audio.resume();
  for (const { hertz, at, seconds, share, shape } of SOUNDS[sound]) {
    const begin = audio.currentTime + at;
    const tone = new OscillatorNode(audio, { type: shape, frequency: hertz });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(share, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + seconds);
  }
}
