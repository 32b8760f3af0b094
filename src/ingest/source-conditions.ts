import type { SourceHealth } from "#chain";
import type { SourceQuiet } from "#store";

/** So many blocks and more behind its tip, the source is not followed closely any more. */
const BEHIND_BLOCKS = 4;

type Observed = {
  /** Wall clock, unix seconds: a chain's own clock may stand still, or not be known yet. */
  readonly now: number;
  readonly health: SourceHealth;
  /** Blocks of the source that are not stored yet. */
  readonly behind: number;
  /** Stored blocks that are undone and not replaced yet. */
  readonly undone: number;
  readonly mempoolLost: boolean;
};

/** Remembers since when a source is as it is. */
export class SourceConditions {
  #since: ReadonlyMap<SourceQuiet["reason"], number> = new Map();

  /** Why nothing is to be said of the present. */
  of(observed: Observed): readonly SourceQuiet[] {
    const found = [behindOf(observed), mempoolOf(observed), reorgOf(observed)].filter((each) => each !== undefined);
    this.#since = new Map(found.map(({ reason }) => [reason, this.#since.get(reason) ?? observed.now]));
    return found.map((each) => ({ ...each, since: this.#since.get(each.reason) ?? observed.now }));
  }
}

type Condition = Omit<SourceQuiet, "since">;

function behindOf({ health, behind }: Observed): Condition | undefined {
  if (health.state !== "healthy")
    return { reason: "source-behind", detail: health.reason ?? `the source is ${health.state}` };
  if (behind < BEHIND_BLOCKS) return undefined;
  return {
    reason: "source-behind",
    detail: `${behind.toLocaleString("en-US")} blocks of the source are not stored yet`,
  };
}

function mempoolOf({ mempoolLost }: Observed): Condition | undefined {
  return mempoolLost ? { reason: "mempool-lost", detail: "the source does not tell its mempool any more" } : undefined;
}

function reorgOf({ undone }: Observed): Condition | undefined {
  if (undone === 0) return undefined;
  const blocks = undone === 1 ? "1 block left" : `${undone} blocks left`;
  return { reason: "reorg", detail: `${blocks} the chain, and what replaces it is not whole yet` };
}
