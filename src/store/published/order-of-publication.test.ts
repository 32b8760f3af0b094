import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { migrate } from "../database/migrate.ts";
import { listInsights } from "./insights.ts";

const MIGRATIONS = fileURLToPath(new URL("../migrations/", import.meta.url));
const ORDERING = "0078-order-of-publication.sql";

const { db, connection } = await openTestDatabase();
const directory = mkdtempSync(join(tmpdir(), "utxoiq-migrations-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** A row as earlier versions wrote it, and that it was told by an event. */
async function tell(id: string, { height, first, event }: Readonly<Record<"height" | "first" | "event", number>>) {
  const hash = `decode(lpad('${height}', 64, '0'), 'hex')`;
  await query(
    db,
    `INSERT INTO insights (id, block_hash, block_height, block_time, kind, category, headline, summary, evidence, simulated,
       published_event_id)
     VALUES ('${id}', ${hash}, ${height}, 0, 'hash-rate', 'miner', 'H', 'S', '{"begins": {"height": 1}}', true, ${first})`,
  );
  await query(
    db,
    `INSERT INTO insight_statuses (insight_id, block_hash, status, event_id)
     VALUES ('${id}', ${hash}, 'preliminary', ${event})`,
  );
}

test("insights of earlier versions are listed by the block that told of them first", async () => {
  const [grown, newer] = ["a".repeat(32), "b".repeat(32)];
  await query(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  for (const name of readdirSync(MIGRATIONS)) {
    if (name < ORDERING) copyFileSync(join(MIGRATIONS, name), join(directory, name));
  }
  await migrate(connection, directory);
  await tell(grown, { height: 150, first: 1, event: 1 });
  await tell(newer, { height: 151, first: 2, event: 2 });
  await tell(grown, { height: 152, first: 1, event: 3 });
  await migrate(connection, MIGRATIONS);
  const listed = await listInsights(db, { limit: 10 });
  expect(listed.map(({ id, height, publishedHeight }) => ({ id, height, publishedHeight }))).toEqual([
    { id: newer, height: 151, publishedHeight: 151 },
    { id: grown, height: 152, publishedHeight: 150 },
  ]);
  // They are still what people were told.
  await expect(query(db, "UPDATE insights SET headline = ''")).rejects.toThrow("append-only");
});
