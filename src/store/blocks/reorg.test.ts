import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { emptyDatabase, openTestDatabase } from "../../../test/helpers/database.ts";
import { storedBlock } from "../../../test/helpers/stored-blocks.ts";
import type { Database } from "../database/schema.ts";
import { listEvents } from "../published/events.ts";
import type { BlockToSave } from "./block-rows.ts";
import { saveBlocks } from "./save-blocks.ts";

const { db } = await openTestDatabase();
const fresh = await openTestDatabase();

/** Undo so many blocks, then connect so many of a new branch, in batches of this size. */
type Fork = { readonly undo: number; readonly connect: number; readonly batch: number };

const forks = fc.array(
  fc.record({
    undo: fc.nat({ max: 9 }),
    connect: fc.integer({ min: 1, max: 9 }),
    batch: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 1, maxLength: 6 },
);

async function play(steps: readonly Fork[]): Promise<readonly BlockToSave[]> {
  const chain: BlockToSave[] = [];
  for (const [index, { undo, connect, batch }] of steps.entries()) {
    const undone = chain.splice(Math.max(0, chain.length - undo)).toReversed();
    const blocks = branch(chain.at(-1), { name: `branch ${index}`, length: connect });
    for (let at = 0; at < blocks.length; at += batch) {
      const replaced = at === 0 ? undone.map(({ header }) => header) : [];
      await saveBlocks(db, blocks.slice(at, at + batch), replaced);
    }
    chain.push(...blocks);
  }
  return chain;
}

function branch(parent: BlockToSave | undefined, { name, length }: { name: string; length: number }): BlockToSave[] {
  let prevHash = parent?.header.hash;
  return Array.from({ length }, (_, index) => {
    const block = storedBlock((parent?.header.height ?? -1) + 1 + index, { branch: name });
    const header = { ...block.header, prevHash: prevHash ?? block.header.prevHash };
    prevHash = header.hash;
    return { ...block, header };
  });
}

async function derivedRows(database: Database): Promise<unknown> {
  const tables = ["cursor", "block_features", "transfers", "signals"];
  const rows = tables.map((table) => sql`SELECT * FROM ${sql.table(table)} ORDER BY 1, 2`.execute(database));
  const headers = database
    .selectFrom("block_headers")
    .select(["hash", "prev_hash", "height"])
    .orderBy("height")
    .execute();
  return [...(await Promise.all(rows)).map((result) => result.rows), await headers];
}

function standing(database: Database) {
  const columns = ["id", "block_hash", "headline", "evidence"] as const;
  return database
    .selectFrom("current_insights")
    .select(columns)
    .where("status", "!=", "retracted")
    .orderBy("id")
    .execute();
}

/** What a client believes that only listens: the block on which each insight stands. */
async function toldStanding(): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, string>();
  for (const { insight } of await listEvents(db, { after: 0, limit: 10_000 })) {
    if (insight?.status === "retracted") told.delete(insight.id);
    else if (insight !== null) told.set(insight.id, insight.blockHash);
  }
  return told;
}

test("after any reorgs, rows and standing insights are those of a fresh build, and every listener knows it", async () => {
  await fc.assert(
    fc.asyncProperty(forks, async (steps) => {
      await Promise.all([emptyDatabase(db), emptyDatabase(fresh.db)]);
      const winner = await play(steps);
      await saveBlocks(fresh.db, winner);
      expect(await derivedRows(db)).toEqual(await derivedRows(fresh.db));
      const insights = await standing(db);
      expect(insights).toEqual(await standing(fresh.db));
      const expected = insights.map((insight) => [insight.id, insight.block_hash.toString("hex")] as const);
      expect(await toldStanding()).toEqual(new Map(expected));
    }),
    { numRuns: 25, seed: 20_261_123 },
  );
}, 60_000);
