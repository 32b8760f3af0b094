import { AppError, messageOf } from "#lib";
import type { FollowableSource } from "../chain-source.ts";

export type SourceCandidate = {
  /** As the setting names it, without secrets. */
  readonly name: string;
  open(): Promise<FollowableSource>;
};

/** One source of the list and what is known of it. */
export type Candidate = SourceCandidate & {
  readonly index: number;
  /** Once it could be opened and is of the right chain. */
  source: FollowableSource | undefined;
  opening: Promise<void> | undefined;
  /** Why it is not used, or was not when last looked at. */
  trouble: unknown;
  /** It is of another chain: never used. */
  foreign: boolean;
  /** Checks in a row that found it down. */
  downChecks: number;
  /** Failures while it was in use; each doubles the checks that it then rests. */
  failures: number;
  restChecks: number;
};

const LONGEST_REST_CHECKS = 32;

export function createCandidate(candidate: SourceCandidate, index: number): Candidate {
  return {
    name: candidate.name,
    open: () => candidate.open(),
    index,
    source: undefined,
    opening: undefined,
    trouble: undefined,
    foreign: false,
    downChecks: 0,
    failures: 0,
    restChecks: 0,
  };
}

/** It failed while it was used: it rests, the longer the more often that happens. */
export function rest(candidate: Candidate, trouble: unknown): void {
  candidate.trouble = trouble;
  candidate.downChecks = 0;
  candidate.restChecks = Math.min(2 ** candidate.failures, LONGEST_REST_CHECKS);
  candidate.failures += 1;
}

type OpenGround = {
  readonly closed: AbortSignal;
  /** Of the sources that are open already. */
  readonly chain: { readonly id: string; readonly name: string } | undefined;
};

/**
 * Opens it where it is not open; of two that ask at the same time the second waits for the first. Never throws: what
 * went wrong is its trouble.
 */
export function ensureOpen(candidate: Candidate, ground: () => OpenGround): Promise<void> {
  if (candidate.source !== undefined || candidate.foreign) return Promise.resolve();
  candidate.opening ??= openNow(candidate, ground).finally(() => {
    candidate.opening = undefined;
  });
  return candidate.opening;
}

async function openNow(candidate: Candidate, ground: () => OpenGround): Promise<void> {
  try {
    const source = await candidate.open();
    const { closed, chain } = ground();
    const foreign = chain !== undefined && chain.id !== source.chainId;
    if (foreign || closed.aborted) await source.close();
    if (closed.aborted) return;
    candidate.foreign = foreign;
    candidate.trouble = foreign ? otherChain(chain.name, candidate.name) : undefined;
    if (!foreign) candidate.source = source;
  } catch (error) {
    candidate.trouble = error;
  }
}

function otherChain(first: string, other: string): AppError {
  const message = `${first} and ${other} are of different chains: what a list names must all read the same one.`;
  return new AppError("CHAIN_FAILOVER_OTHER_CHAIN", message, { details: { first, other } });
}

export function troubleOf({ trouble }: Candidate): string {
  return trouble === undefined ? "it has not answered yet" : messageOf(trouble);
}
