const QUOTE = 0x22;

/** Most strings are names: for those the way into native code takes longer than to look here. */
const LOOKED_AT_HERE = 32;

/** Where the next quote stands, or -1. */
export function findQuote(bytes: Buffer, from: number): number {
  const until = Math.min(bytes.length, from + LOOKED_AT_HERE);
  for (let at = from; at < until; at += 1) if (bytes[at] === QUOTE) return at;
  return bytes.indexOf(QUOTE, until);
}
