import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openTestDatabase, query } from "../../../test/helpers/database.ts";
import { describeSchema } from "../../../test/helpers/describe-schema.ts";

const SCHEMA = new URL("../../../docs/reference/schema.sql", import.meta.url);

const HEAD = `-- The schema that the migrations make, written by
-- UPDATE_GOLDEN=1 npx vitest run src/store/database/schema.test.ts
-- and compared with them by the same test. The queue has a schema of its own, pgboss.

`;

test("what docs/reference/schema.sql says makes the same schema", async () => {
  const { db } = await openTestDatabase();
  await query(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  // Functions and tables name each other.
  await query(db, `SET check_function_bodies = off; ${readFileSync(SCHEMA, "utf8")}`);
  expect(HEAD + (await describeSchema(db))).toBe(readFileSync(SCHEMA, "utf8"));
});

test("the schema is the one that docs/reference/schema.sql shows", async () => {
  const { db } = await openTestDatabase();
  const schema = HEAD + (await describeSchema(db));
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(SCHEMA, schema);
  expect(readFileSync(SCHEMA, "utf8")).toBe(schema);
});
