import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { sealText } from "#auth";
import { readConfig } from "#config";
import { settings } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { configOf, findYoungerChoice, keepChoice, type Run } from "./chosen-source.ts";

const { db } = await openTestDatabase();
const key = randomBytes(32);
const NODE = "core:http://me:pw@10.0.0.7:8332";
const run: Run = { config: readConfig({ historyBlocks: "10" }, {}), choice: undefined };

beforeEach(() => query(db, "TRUNCATE settings"));

async function choose(source: string, historyBlocks: string | null = null, sealedWith = key): Promise<void> {
  const changes = [
    { name: "source", value: sealText(sealedWith, "setting", source), sealed: true },
    { name: "historyBlocks", value: historyBlocks, sealed: false },
  ];
  await settings.saveSettings(db, changes, { by: "a test" });
}

const find = (from: Run) => findYoungerChoice(db, from, () => key);

test("a choice leads to its source, and once it was followed it leads nowhere else", async () => {
  expect(await find(run)).toBeUndefined();
  await choose(NODE, "144");
  const choice = await find(run);
  expect(choice).toMatchObject({ source: NODE, historyBlocks: 144 });
  const next = { ...run, choice };
  expect(configOf(next)).toMatchObject({ source: NODE, historyBlocks: 144 });
  expect(await find(next)).toBeUndefined();
  await choose("simnet:2");
  const later = await find(next);
  expect(configOf({ ...run, choice: later })).toMatchObject({ source: "simnet:2", historyBlocks: 10 });
});

test("the database that a choice led to tells of it, until another is made there", async () => {
  const at = new Date("2026-01-01T00:00:00Z");
  const choice = { source: NODE, historyBlocks: 144, at, by: "the operator" };
  await keepChoice(db, choice, () => key);
  const stored = await settings.readSettings(db);
  expect(stored.get("sourceShown")).toMatchObject({ value: "Bitcoin Core at http://10.0.0.7:8332", changedAt: at });
  expect(await find(run)).toEqual(choice);
  expect(await find({ ...run, choice })).toBeUndefined();
  await choose("simnet:2");
  await keepChoice(db, choice, () => key);
  expect(await find({ ...run, choice })).toMatchObject({ source: "simnet:2" });
});

test("a source that the process was started with counts before it", async () => {
  await choose(NODE);
  const said = { ...run, config: readConfig({ source: "simnet:3" }, {}) };
  expect(await find(said)).toBeUndefined();
  const variable = { ...run, config: readConfig({}, { UTXOIQ_SOURCE: "simnet:3" }) };
  expect(await find(variable)).toBeUndefined();
});

test("what another instance's key sealed is told, not passed over", async () => {
  await choose(NODE, null, randomBytes(32));
  await expect(find(run)).rejects.toMatchObject({ code: "CLI_CHOICE_SEALED" });
});
