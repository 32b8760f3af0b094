import type { SourceHealth } from "#chain";
import type { SourceQuiet } from "#store";

/** So many blocks and more behind its tip, the source is not followed closely any more. */
const BEHIND_BLOCKS = 4;

/** What passes sooner is no condition: some blocks come at once, and a reorg takes its moment. */
const PATIENCE_SECONDS = 30;

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
  #since: ReadonlyMap<string, number> = new Map();

  /** Why nothing is to be said of the present. */
  of(observed: Observed): readonly SourceQuiet[] {
    const found = [unwellOf(observed), behindOf(observed), mempoolOf(observed), reorgOf(observed)]
      .filter((each) => each !== undefined)
      .map((each) => ({ ...each, since: this.#since.get(each.name) ?? observed.now }));
    this.#since = new Map(found.map(({ name, since }) => [name, since]));
    return found
      .filter(({ since, patience }) => observed.now - since >= patience)
      .map(({ reason, since, detail }) => ({ reason, since, detail }));
  }
}

type Condition = Omit<SourceQuiet, "since"> & {
  readonly name: "unwell" | "behind" | "mempool" | "reorg";
  /** Seconds that it has to last before it is told. */
  readonly patience: number;
};

function unwellOf({ health }: Observed): Condition | undefined {
  if (health.state === "healthy") return undefined;
  const detail = health.reason ?? `the source is ${health.state}`;
  return { name: "unwell", reason: "source-behind", detail, patience: 0 };
}

function behindOf({ health, behind }: Observed): Condition | undefined {
  if (health.state !== "healthy" || behind < BEHIND_BLOCKS) return undefined;
  const detail = `${behind.toLocaleString("en-US")} blocks of the source are not stored yet`;
  return { name: "behind", reason: "source-behind", detail, patience: PATIENCE_SECONDS };
}

function mempoolOf({ mempoolLost }: Observed): Condition | undefined {
  if (!mempoolLost) return undefined;
  const detail = "the source does not tell its mempool any more";
  return { name: "mempool", reason: "mempool-lost", detail, patience: 0 };
}

function reorgOf({ undone }: Observed): Condition | undefined {
  if (undone === 0) return undefined;
  const blocks = undone === 1 ? "1 block left" : `${undone} blocks left`;
  const detail = `${blocks} the chain, and what replaces it is not whole yet`;
  return { name: "reorg", reason: "reorg", detail, patience: PATIENCE_SECONDS };
}
