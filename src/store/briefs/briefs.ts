import type { Selectable } from "kysely";
import type { Brief, Day } from "#insights";
import type { Database, Tables } from "../database/schema.ts";
import { appendDataEvent } from "../published/append-data-event.ts";

export type StoredBrief = {
  readonly brief: Brief;
  /** The source's clock, unix seconds. */
  readonly publishedAt: number;
  /** The clock on the wall. */
  readonly at: Date;
};

/** Publishes the brief of a day and tells it; `false` where that day has one already, which stays as it is. */
export async function saveBrief(db: Database, brief: Brief, publishedAt: number): Promise<boolean> {
  const { day, items } = brief;
  return db.transaction().execute(async (trx) => {
    const saved = await trx
      .insertInto("briefs")
      .values({ day, published_at: publishedAt, brief: JSON.stringify(brief) })
      .onConflict((conflict) => conflict.column("day").doNothing())
      .returning("day")
      .executeTakeFirst();
    if (saved === undefined) return false;
    const headlines = items.map(({ insight }) => insight.headline);
    await appendDataEvent(trx, { type: "brief.published", data: { day, headlines } });
    return true;
  });
}

export async function findBrief(db: Database, day: Day): Promise<StoredBrief | undefined> {
  const row = await db.selectFrom("briefs").selectAll().where("day", "=", day).executeTakeFirst();
  return row && storedBriefOf(row);
}

/** The days with a brief that come before and after a day. */
export type BriefNeighbours = { readonly before: Day | null; readonly after: Day | null };

export async function findBriefNeighbours(db: Database, day: Day): Promise<BriefNeighbours> {
  const row = await db
    .selectNoFrom([
      (of) =>
        of
          .selectFrom("briefs")
          .select((briefs) => briefs.fn.max("day").as("day"))
          .where("day", "<", day)
          .as("before"),
      (of) =>
        of
          .selectFrom("briefs")
          .select((briefs) => briefs.fn.min("day").as("day"))
          .where("day", ">", day)
          .as("after"),
    ])
    .executeTakeFirstOrThrow();
  return { before: row.before, after: row.after };
}

export type BriefQuery = {
  readonly limit: number;
  /** Only days before this one. */
  readonly before?: Day | undefined;
};

/** The newest day first. */
export async function listBriefs(db: Database, { limit, before }: BriefQuery): Promise<readonly StoredBrief[]> {
  const rows = await db
    .selectFrom("briefs")
    .selectAll()
    .$if(before !== undefined, (builder) => builder.where("day", "<", before ?? ""))
    .orderBy("day", "desc")
    .limit(limit)
    .execute();
  return rows.map(storedBriefOf);
}

function storedBriefOf(row: Selectable<Tables["briefs"]>): StoredBrief {
  return { brief: row.brief, publishedAt: row.published_at, at: row.at };
}
