/**
 * Few small general things, one per file, that know nothing of Bitcoin: errors, hashes, the logger, time.
 * Deliberately not here: anything that only one room needs.
 * Start with errors.ts.
 */
export { canonicalDigest } from "./canonical-digest.ts";
export { sha256, writeRipemd160, writeSha256 } from "./digests.ts";
export { addDurations, countDurations, DurationCounter, type Durations, percentileOf } from "./durations.ts";
export { AppError, codeOf, invariant, messageOf } from "./errors.ts";
export { instanceName } from "./instance-name.ts";
export { keepDoing } from "./keep-doing.ts";
export { createLogger } from "./logger.ts";
export type { Logger } from "./logger.ts";
export { pause } from "./pause.ts";
export { unlessAborted } from "./unless-aborted.ts";
export { untilAborted } from "./until-aborted.ts";
export { VERSION } from "./version.ts";
