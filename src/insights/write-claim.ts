import { NOTABLE_TRANSFER_SATS } from "#features";
import { openStatement, type Signal } from "#signals";
import type { Slot, Slots } from "./insight.ts";
import { stateSignal } from "./state-signal.ts";
import { writeText } from "./write-text.ts";

/** What a signal claims about blocks to come, in words; `undefined` where it only describes what was. */
export function writeClaim(signal: Signal): string | undefined {
  const statement = openStatement(signal);
  if (statement === undefined) return undefined;
  const { slots } = stateSignal(signal);
  return writeText(statement.claim, {
    ...slots,
    ...halfOf(slots),
    begin: { unit: "height", value: signal.height + 1 },
    end: { unit: "height", value: signal.height + statement.horizonBlocks },
    notable: { unit: "sats", value: NOTABLE_TRANSFER_SATS },
  });
}

/** Half of the level, where there is one; every level is a number. */
function halfOf({ level }: Slots): Slots {
  return level === undefined ? {} : { half: { ...level, value: Number(level.value) / 2 } as Slot };
}
