import { AppError, messageOf } from "#lib";
import type { EventRequest } from "../chain-source.ts";
import { type Intervention, isStagedKind } from "./economy/index.ts";

/** An event that somebody staged, and the chain time after which it takes effect, unix seconds. */
export type StagedEvent = EventRequest & { readonly time: number };

/**
 * Where it is kept what people staged on a simulated chain: beside the blocks that follow from it, as unlike a snapshot
 * it cannot be made anew.
 */
export type StagedRecord = {
  /** All, in the order in which they were staged. */
  list(): Promise<readonly StagedEvent[]>;
  /** Keeps one for good before it resolves. `position`: how many there are before it; rejects where that is not so. */
  append(event: StagedEvent, position: number): Promise<void>;
};

/** What was staged on one chain, as all who walk along it know it. */
export class StagedEvents {
  readonly #record: StagedRecord | undefined;
  #all: readonly Intervention[] = [];
  #writing: Promise<void> | undefined;

  private constructor(record: StagedRecord | undefined) {
    this.#record = record;
  }

  /** Without a record nothing was staged, and nothing can be. */
  static async open(record: StagedRecord | undefined): Promise<StagedEvents> {
    const staged = new StagedEvents(record);
    await staged.renew();
    return staged;
  }

  /** Ascending by time. */
  get all(): readonly Intervention[] {
    return this.#all;
  }

  /**
   * Pending while one is written down: nobody goes on before it is, as it takes effect after the time at which it was
   * staged. Rejected, and for good, where it is not known whether it was: who then begins anew finds out.
   */
  get writing(): Promise<void> | undefined {
    return this.#writing;
  }

  /** Finds what was staged by way of another source of the same record. */
  async renew(): Promise<void> {
    await this.#writing;
    const listed = (await this.#record?.list()) ?? [];
    // One that was added meanwhile may not be among them.
    if (listed.length > this.#all.length) this.#all = listed.map(checked);
  }

  add(intervention: Intervention): Promise<void> {
    const writing = (this.#writing ?? Promise.resolve()).then(() => this.#write(intervention));
    this.#writing = writing;
    return writing.then(() => {
      if (this.#writing === writing) this.#writing = undefined;
    });
  }

  async #write(intervention: Intervention): Promise<void> {
    try {
      await this.#record?.append(intervention, this.#all.length);
    } catch (cause) {
      const message = `It is not known whether what was staged is written down, so the chain does not go on: ${messageOf(cause)}`;
      throw new AppError("CHAIN_SIMNET_STAGED_UNWRITTEN", message, { cause, retryable: true });
    }
    this.#all = [...this.#all, intervention];
  }
}

/** What a newer version staged may be of a kind that this one does not know: without it the chain is another. */
function checked({ kind, ...rest }: StagedEvent): Intervention {
  if (isStagedKind(kind)) return { kind, ...rest };
  throw new AppError("CHAIN_SIMNET_STAGED_UNREADABLE", `What was staged on the chain holds a ${kind}, unknown here.`);
}
