/** Reads any text about an insight, ours or not, and refuses what its evidence does not back. */
export type { Finding } from "./finding.ts";
export { listWords } from "./lexicon.ts";
export type { Told } from "./read-mentions.ts";
export { verifyText } from "./verify-text.ts";
