import { AppError, pause } from "#lib";
import type { EventRequest, FollowableSource, SourceHealth, StagedAnswer, TransactionAnswer } from "../chain-source.ts";
import { type Candidate, createCandidate, type SourceCandidate, troubleOf } from "./candidate.ts";
import { watchHealth } from "./check-health.ts";
import { followActive, watchActiveMempool } from "./failover-follow.ts";
import { readHeaderTimes } from "./header-times.ts";
import { type Active, type Failover, type FailoverOptions, openCandidate } from "./failover-state.ts";
import { readActiveRange } from "./read-range.ts";
import { isWorthWaitingFor } from "../worth-waiting.ts";
import { within } from "./within.ts";

const DEFAULTS = { checkEveryMs: 30_000, answerWithinMs: 15_000, onSwitch: () => {}, sleep: pause } as const;

/**
 * Several sources of the same chain as one: the first of the list that works is used, and whichever is used, the
 * blocks go on from where the others ended.
 */
export async function openFailover(
  candidates: readonly SourceCandidate[],
  options: FailoverOptions,
): Promise<FollowableSource> {
  const closing = new AbortController();
  const all = candidates.map(createCandidate);
  try {
    const settings = { ...DEFAULTS, ...options };
    const active = await openFirst({ candidates: all, closing }, settings.answerWithinMs);
    const failover: Failover = {
      candidates: all,
      options: settings,
      closing,
      active,
      switched: new AbortController(),
      lastHeight: undefined,
      awaiting: false,
      quietChecks: 0,
    };
    // It ends with the source; what fails in it is a fault of this program, which then stops.
    void watchHealth(failover);
    return createSource(failover);
  } catch (error) {
    await close({ candidates: all, closing });
    throw error;
  }
}

type Ground = Pick<Failover, "candidates" | "closing">;

/** Where the first is open, the others get so long to show that they are of the same chain. */
const RESERVES_WITHIN_MS = 2_000;

/** All are opened at once, as a list of different chains is a mistake to be told at the start. */
async function openFirst(ground: Ground, withinMs: number): Promise<Active> {
  const { candidates } = ground;
  const opening = candidates.map((candidate) => openCandidate(ground, candidate));
  await within(Promise.resolve(opening[0]), withinMs);
  const ready = candidates[0]?.source !== undefined;
  await within(Promise.all(opening), ready ? Math.min(RESERVES_WITHIN_MS, withinMs) : withinMs);
  const foreign = candidates.find((candidate) => candidate.foreign);
  if (foreign !== undefined) throw foreign.trouble;
  for (const candidate of candidates) {
    if (candidate.source !== undefined) return { candidate, source: candidate.source };
  }
  const reasons = candidates.map((candidate) => `${candidate.name}: ${troubleOf(candidate)}`).join("; ");
  const [first] = candidates;
  throw new AppError("CHAIN_FAILOVER_NONE", `None of the ${candidates.length} sources can be opened. ${reasons}`, {
    cause: first?.trouble,
    retryable: candidates.some(({ trouble }) => isWorthWaitingFor(trouble)),
  });
}

function createSource(failover: Failover): FollowableSource {
  const { candidates } = failover;
  const { active } = failover;
  const { chainId, network, pools, labels } = active.source;
  const stages = active.source.stageEvent !== undefined;
  return {
    kind: "chain",
    name: candidates.map(({ name }) => name).join(","),
    description: describe(failover),
    network,
    chainId,
    pools,
    ...(labels === undefined ? {} : { labels }),
    get firstHeight() {
      return failover.active.source.firstHeight;
    },
    now: () => failover.active.source.now(),
    tipHeight: () => failover.active.source.tipHeight(),
    health: () => healthOf(failover),
    follow: (held, signal) => followActive(failover, held, signal),
    headerTimes: (heights, signal) => readHeaderTimes(failover, heights, signal),
    readRange: (heights, signal) => readActiveRange(failover, heights, signal),
    watchMempool: (signal) => watchActiveMempool(failover, signal),
    findTransaction: (txid, signal) => findOnActive(failover, txid, signal),
    ...(stages ? { stageEvent: (request: EventRequest) => stageOnActive(failover, request) } : {}),
    close: () => close(failover),
  };
}

async function findOnActive(
  { active: { source } }: Failover,
  txid: string,
  signal: AbortSignal,
): Promise<TransactionAnswer> {
  return (await source.findTransaction?.(txid, signal)) ?? { found: null, reason: "no-index" };
}

async function stageOnActive({ active: { source } }: Failover, request: EventRequest): Promise<StagedAnswer> {
  if (source.stageEvent !== undefined) return source.stageEvent(request);
  const message = `Nothing was staged: ${source.name}, which is in use, makes no blocks itself.`;
  throw new AppError("CHAIN_SIMNET_EVENT", message);
}

function describe({ candidates }: Failover): string {
  return candidates
    .map((candidate) => candidate.source?.description ?? `${candidate.name}, not reached: ${troubleOf(candidate)}`)
    .join("; else ");
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"] as const;

/** The state is that of the active one; the reason tells which that is and, where it is not the first, why. */
function healthOf({ candidates, active }: Failover): SourceHealth {
  const { index, name } = active.candidate;
  const { state, reason } = active.source.health();
  const place = `${ORDINALS[index] ?? `number ${index + 1}`} of ${candidates.length}: ${name}`;
  const before = candidates.slice(0, index).map(unusable);
  const unopened = candidates.filter((each) => each.index > index && each.source === undefined).map(unusable);
  const parts = [
    before.length === 0 ? place : `${place}, because ${before.join(", ")}`,
    ...(reason === null ? [] : [reason]),
    ...(unopened.length === 0 ? [] : [`in reserve but not to be used: ${unopened.join(", ")}`]),
  ];
  return { state, reason: parts.join("; ") };
}

function unusable(candidate: Candidate): string {
  return `${candidate.name}: ${troubleOf(candidate)}`;
}

async function close({ candidates, closing }: Ground): Promise<void> {
  closing.abort();
  await Promise.all(candidates.map(async ({ source }) => source?.close()));
}
