import { sql, type Transaction } from "kysely";
import type { Database, Tables } from "../database/schema.ts";

/** What was changed and not noted yet by who follows the tip begins with the first of such changes. */
export async function noteChange(trx: Transaction<Tables>, height: number): Promise<void> {
  await sql`
    UPDATE history SET epoch = epoch + 1,
      changed_at_height = CASE WHEN followed < epoch THEN least(changed_at_height, ${height}) ELSE ${height} END`.execute(
    trx,
  );
}

export type HistoryChange = {
  /** How often what detectors look back on was changed. */
  readonly epoch: number;
  /** Blocks above may have been judged without knowing of it; `undefined` where that has been seen to. */
  readonly judgeAbove: number | undefined;
};

export async function findHistoryChange(db: Database): Promise<HistoryChange> {
  const row = await db.selectFrom("history").selectAll().executeTakeFirstOrThrow();
  return { epoch: row.epoch, judgeAbove: row.followed < row.epoch ? row.changed_at_height : undefined };
}

/** Blocks above the change were judged anew. */
export async function noteFollowed(db: Database, { epoch }: HistoryChange): Promise<void> {
  await db.updateTable("history").set({ followed: epoch }).where("followed", "<", epoch).execute();
}
