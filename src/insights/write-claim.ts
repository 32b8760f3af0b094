import { openStatement, type Signal } from "#signals";
import { stateSignal } from "./state-signal.ts";
import { writeText } from "./write-text.ts";

/** What a signal claims about blocks to come, in words; `undefined` where it only describes what was. */
export function writeClaim(signal: Signal): string | undefined {
  const statement = openStatement(signal);
  if (statement === undefined) return undefined;
  const { claim, horizonBlocks } = statement;
  return writeText(claim, { ...stateSignal(signal).slots, horizon: { unit: "count", value: horizonBlocks } });
}
