import { en, type Texts } from "./en";
import { hu } from "./hu";

/** Adding a language takes its file and a line here. */
export const texts: Record<string, Texts> = { en, hu };
export type { Texts };
