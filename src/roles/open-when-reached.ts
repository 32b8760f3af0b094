import {
  type ChainSource,
  describeSpec,
  isWorthWaitingFor,
  openSource,
  type SourceOptions,
  type SourceSpec,
} from "#chain";
import { type AppError, pause } from "#lib";
import type { IngestState } from "#store";

const TRY_AGAIN_MS = 2_000;

type Opening = {
  readonly spec: SourceSpec;
  readonly options: SourceOptions;
  /** Told each time that the source does not answer. */
  readonly onSilence: (reason: AppError) => void;
  readonly signal: AbortSignal;
};

/** Opens the source; one that does not answer now is asked again until it does. */
export async function openWhenReached({ spec, options, onSilence, signal }: Opening): Promise<ChainSource> {
  for (;;) {
    try {
      return await openSource(spec, options, signal);
    } catch (error) {
      if (!isWorthWaitingFor(error)) throw error;
      onSilence(error);
      await pause(TRY_AGAIN_MS, signal);
    }
  }
}

/**
 * What ingest tells of itself while it waits for a source of which it knows the name alone.
 * @param since when it began to wait, unix seconds
 */
export function waitingState(spec: SourceSpec, { message }: AppError, since: number): IngestState {
  return {
    source: describeSpec(spec),
    sourceKind: "chain",
    sourceDescription: `${describeSpec(spec)}, not reached yet`,
    sourceHealth: { state: "down", reason: message },
    chainTime: Math.floor(Date.now() / 1_000),
    tipHeight: null,
    backfill: null,
    quiet: [{ reason: "source-behind", since, detail: message }],
    mempool: null,
    model: null,
    missingForecasts: [],
  };
}
