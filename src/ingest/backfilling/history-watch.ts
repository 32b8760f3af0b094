import { backfill, type Database } from "#store";
import { judgeAbove, type Judging } from "./fold-history.ts";

const LOOK_AGAIN_MS = 1_000;

/** Sees to it that who follows the tip knows of what a backfill has changed below. */
export class HistoryWatch {
  readonly #db: Database;
  readonly #judging: Judging;
  #epoch: number;
  #lookedAt = performance.now();

  private constructor(db: Database, judging: Judging, epoch: number) {
    this.#db = db;
    this.#judging = judging;
    this.#epoch = epoch;
  }

  /** What an earlier run stored without knowing is judged anew first. */
  static async open(db: Database, judging: Judging): Promise<HistoryWatch> {
    const { epoch } = await backfill.findHistoryChange(db);
    const watch = new HistoryWatch(db, judging, epoch);
    await watch.catchUp();
    return watch;
  }

  /** To be asked between two blocks: once a second it looks. */
  async hasChanged(): Promise<boolean> {
    if (performance.now() - this.#lookedAt < LOOK_AGAIN_MS) return false;
    this.#lookedAt = performance.now();
    const { epoch } = await backfill.findHistoryChange(this.#db);
    return epoch !== this.#epoch;
  }

  /** Judges anew what is stored and was judged without knowing. Whoever calls stores nothing meanwhile. */
  async catchUp(): Promise<void> {
    const change = await backfill.findHistoryChange(this.#db);
    if (change.judgeAbove !== undefined) {
      await judgeAbove(this.#db, change.judgeAbove, this.#judging);
      await backfill.noteFollowed(this.#db, change);
    }
    this.#epoch = change.epoch;
  }
}
