import { AppError, messageOf } from "#lib";
import type { FollowableSource } from "../chain-source.ts";
import { type Candidate, ensureOpen, rest } from "./candidate.ts";
import { within } from "./within.ts";

export type SourceSwitch = { readonly from: string; readonly to: string; readonly reason: string };

export type FailoverOptions = {
  /** A reorg that undoes more blocks than this is not followed. */
  readonly finality: number;
  readonly checkEveryMs?: number;
  /** Whoever takes longer to tell its tip, or to open, does not answer. */
  readonly answerWithinMs?: number;
  readonly onSwitch?: (change: SourceSwitch) => void;
  /** How to wait; a test passes one that does not. */
  readonly sleep?: (durationMs: number, signal: AbortSignal) => Promise<void>;
};

export type Active = { readonly candidate: Candidate; readonly source: FollowableSource };

export type Failover = {
  readonly candidates: readonly Candidate[];
  readonly options: Required<FailoverOptions>;
  readonly closing: AbortController;
  active: Active;
  /** Aborted when another one becomes active; then there is a new one. */
  switched: AbortController;
  /** Height of the newest block that was passed on. */
  lastHeight: number | undefined;
  /** Whether somebody waits for the next block. */
  awaiting: boolean;
  /** Checks in a row during which somebody waited. */
  quietChecks: number;
};

export function activate(failover: Failover, active: Active, reason: string): void {
  const { active: before, switched, options } = failover;
  failover.active = active;
  failover.switched = new AbortController();
  failover.quietChecks = 0;
  active.candidate.trouble = undefined;
  active.candidate.downChecks = 0;
  switched.abort();
  options.onSwitch({ from: before.candidate.name, to: active.candidate.name, reason });
}

/** Makes the best of the others active, one that rests only where there is no other; `false` where none can be used. */
export async function replaceActive(failover: Failover, failed: Candidate, trouble: unknown): Promise<boolean> {
  const others = failover.candidates
    .filter((candidate) => candidate !== failed && !candidate.foreign)
    .toSorted((left, right) => Math.min(left.restChecks, 1) - Math.min(right.restChecks, 1));
  for (const candidate of others) {
    const source = await findAnswering(failover, candidate);
    if (failover.active.candidate !== failed) return true;
    if (source === undefined) continue;
    rest(failed, trouble);
    activate(failover, { candidate, source }, `${failed.name}: ${messageOf(trouble)}`);
    return true;
  }
  return false;
}

async function findAnswering(failover: Failover, candidate: Candidate): Promise<FollowableSource | undefined> {
  await within(openCandidate(failover, candidate), failover.options.answerWithinMs);
  const { source } = candidate;
  if (source === undefined) return undefined;
  const tip = await findTip(source, failover.options.answerWithinMs);
  if (typeof tip === "number") return source;
  candidate.trouble = tip;
  return undefined;
}

/** Of the chain that the sources that are open already read. */
export function openCandidate({ candidates, closing }: Pick<Failover, "candidates" | "closing">, candidate: Candidate) {
  return ensureOpen(candidate, () => {
    const open = candidates.find(({ source }) => source !== undefined);
    const chain = open?.source === undefined ? undefined : { id: open.source.chainId, name: open.name };
    return { closed: closing.signal, chain };
  });
}

/** Height of its tip, or why it does not tell. */
export async function findTip(source: FollowableSource, answerWithinMs: number): Promise<unknown> {
  try {
    const height = await within(source.tipHeight(), answerWithinMs);
    return (
      height ??
      new AppError("CHAIN_FAILOVER_SILENT", `does not answer within ${answerWithinMs / 1_000} s`, { retryable: true })
    );
  } catch (error) {
    return error;
  }
}
