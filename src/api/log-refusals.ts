import type { Problem } from "#contract";
import type { Logger } from "#lib";

/** Enough for whoever looks for what went wrong; whoever tries everything fills no disk. */
const MOST_A_MINUTE = 120;
const LONGEST_PATH = 200;
const MINUTE_MS = 60_000;

export type LogRefusal = (problem: Problem, method?: string) => void;

/** Requests that were refused stand in the log by their id, without what was asked for in them: so many a minute. */
export function logRefusals(log: Logger, now = () => performance.now()): LogRefusal {
  let since = now();
  let refused = 0;
  return ({ requestId, status, code, instance }, method) => {
    if (now() - since >= MINUTE_MS) {
      if (refused > MOST_A_MINUTE)
        log.info({ more: refused - MOST_A_MINUTE }, "more requests were refused in a minute than are in the log");
      since = now();
      refused = 0;
    }
    refused += 1;
    if (refused > MOST_A_MINUTE) return;
    const path = instance.split("?")[0]?.slice(0, LONGEST_PATH);
    log.info({ requestId, method, path, status, code }, "request refused");
  };
}
