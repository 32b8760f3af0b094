import type { Selectable } from "kysely";
import type { Brief, Day } from "#insights";
import type { Database, Tables } from "../database/schema.ts";

export type StoredBrief = {
  readonly brief: Brief;
  /** The source's clock, unix seconds. */
  readonly publishedAt: number;
  /** The clock on the wall. */
  readonly at: Date;
};

/** Publishes the brief of a day; `false` where that day has one already, which stays as it is. */
export async function saveBrief(db: Database, brief: Brief, publishedAt: number): Promise<boolean> {
  const saved = await db
    .insertInto("briefs")
    .values({ day: brief.day, published_at: publishedAt, brief: JSON.stringify(brief) })
    .onConflict((conflict) => conflict.column("day").doNothing())
    .returning("day")
    .executeTakeFirst();
  return saved !== undefined;
}

export async function findBrief(db: Database, day: Day): Promise<StoredBrief | undefined> {
  const row = await db.selectFrom("briefs").selectAll().where("day", "=", day).executeTakeFirst();
  return row && storedBriefOf(row);
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
