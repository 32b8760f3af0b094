import { AppError, messageOf } from "#lib";
import { rest } from "./candidate.ts";
import { activate, type Failover, findTip, openCandidate, replaceActive } from "./failover-state.ts";

/** So many checks in a row have to find the active one down before another is used. */
const DOWN_CHECKS = 3;
/** So many checks without a block, though its tip says that there are, and it counts as down. A slow one needs minutes for one. */
const QUIET_CHECKS = 20;
/** Whoever worked for so many checks, with a block among them, is forgiven its former failures. */
const STEADY_CHECKS = 10;

/** Looks every now and then whether the active source works, and whether one before it in the list works again. */
export async function watchHealth(failover: Failover): Promise<void> {
  const { options, closing } = failover;
  const { signal } = closing;
  while (!signal.aborted) {
    await options.sleep(options.checkEveryMs, signal);
    if (!signal.aborted) await checkHealth(failover);
  }
}

async function checkHealth(failover: Failover): Promise<void> {
  const { active, candidates } = failover;
  const { candidate } = active;
  failover.quietChecks = failover.awaiting ? failover.quietChecks + 1 : 0;
  for (const each of candidates) {
    each.restChecks = Math.max(0, each.restChecks - 1);
    // Not awaited: one that hangs is no reason to look at the others later.
    if (each.source === undefined) void openCandidate(failover, each);
  }
  const tip = await findTip(active.source, failover.options.answerWithinMs);
  if (failover.active !== active || failover.closing.signal.aborted) return;
  const trouble = findTrouble(failover, tip);
  candidate.downChecks =
    trouble === undefined ? Math.min(candidate.downChecks, 0) - 1 : Math.max(candidate.downChecks, 0) + 1;
  if (trouble === undefined) {
    if (candidate.downChecks <= -STEADY_CHECKS && failover.quietChecks < STEADY_CHECKS) candidate.failures = 0;
    await returnToEarlier(failover, failover.lastHeight ?? Number(tip));
    if (failover.quietChecks >= QUIET_CHECKS) await leaveBehind(failover, Number(tip));
  } else if (candidate.downChecks >= DOWN_CHECKS) {
    await replaceActive(failover, candidate, trouble);
  }
}

function findTrouble({ active, lastHeight, quietChecks }: Failover, tip: unknown): unknown {
  if (typeof tip !== "number") return tip;
  const { state, reason } = active.source.health();
  if (state === "down") return new AppError("CHAIN_FAILOVER_DOWN", reason ?? "it is down", { retryable: true });
  if (tip <= (lastHeight ?? -1) || quietChecks < QUIET_CHECKS) return undefined;
  const message = `its tip is block ${tip}, but no block came ${lastHeight === undefined ? "yet" : `since block ${lastHeight}`}`;
  return new AppError("CHAIN_FAILOVER_DOWN", message, { retryable: true });
}

/** The first in the list that answers, is done resting, and is not behind by more than one block. */
async function returnToEarlier(failover: Failover, height: number): Promise<void> {
  const { active, candidates, options } = failover;
  for (const candidate of candidates.slice(0, active.candidate.index)) {
    const { source } = candidate;
    if (source === undefined || candidate.restChecks > 0) continue;
    const tip = await findTip(source, options.answerWithinMs);
    if (failover.active !== active) return;
    if (typeof tip !== "number") candidate.trouble = tip;
    else if (tip < height - 1) candidate.trouble = behind(tip, height);
    else {
      activate(failover, { candidate, source }, `${candidate.name} works again`);
      return;
    }
  }
}

/** The active one says nothing for long: another may know of blocks that never reached it. */
async function leaveBehind(failover: Failover, height: number): Promise<void> {
  const { active, candidates, options } = failover;
  for (const candidate of candidates) {
    const { source } = candidate;
    if (source === undefined || candidate === active.candidate || candidate.restChecks > 0) continue;
    const tip = await findTip(source, options.answerWithinMs);
    if (failover.active !== active) return;
    if (typeof tip !== "number" || tip <= height + 1) continue;
    rest(active.candidate, behind(height, tip));
    // The other one needs some time to show that it has these blocks.
    active.candidate.restChecks = QUIET_CHECKS;
    activate(failover, { candidate, source }, `${active.candidate.name}: ${messageOf(active.candidate.trouble)}`);
    return;
  }
}

function behind(tip: number, height: number): AppError {
  return new AppError("CHAIN_FAILOVER_DOWN", `its tip is block ${tip}, behind block ${height}`, { retryable: true });
}
