/** As many bytes as the server takes at once. */
const MOST_BYTES = 256 * 1024;

/** Whether a text of records is longer than the server takes. */
export const isTooLong = (text: string): boolean => new TextEncoder().encode(JSON.stringify({ text })).length > MOST_BYTES;

/** What stands in a file: UTF-8 or, as in many older ones, Latin 1. */
export function decodeRecord(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
