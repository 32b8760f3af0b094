import type { MonitoringStatus } from "#contract";
import type { Heartbeat, StoredQuiet } from "#store";
import { isoTime } from "./present.ts";

/** In which conditions the newest block and the source are, as far as anybody looks. */
export function presentQuiet(
  ofBlock: readonly StoredQuiet[],
  heartbeat: Heartbeat | undefined,
): MonitoringStatus["quiet"] {
  return [
    ...ofBlock.map(({ reason, detail, sinceHeight, sinceTime, kinds }) => ({
      reason,
      detail,
      sinceHeight,
      since: sinceTime === null ? null : isoTime(sinceTime),
      silent: [...kinds],
      presentUnknown: false,
    })),
    ...(heartbeat?.state.quiet ?? []).map(({ reason, detail, since }) => ({
      reason,
      detail,
      sinceHeight: null,
      since: isoTime(since),
      silent: [],
      presentUnknown: true,
    })),
  ];
}
