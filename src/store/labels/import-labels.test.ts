import fc from "fast-check";
import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { keyOfActor, type Label } from "#labels";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { listActorsOfManyKinds, listActorsOfManySpellings, listLabelConflicts, listOddNames } from "./check-labels.ts";
import { importLabels, type LabelImportResult } from "./import-labels.ts";
import { checkLabelVersion, getLabelVersion, getLabelVersionAt } from "./label-versions.ts";
import { streamLabelClaims } from "./stream-claims.ts";
import { type LabelFilter, streamLabels } from "./stream-labels.ts";

const { db } = await openTestDatabase();

beforeEach(() => sql`TRUNCATE labels, label_entities, label_versions`.execute(db));

type Short = Partial<Label> & { readonly of: number };

function label({ of, ...rest }: Short): Label {
  return {
    script: Uint8Array.of(0x51, of),
    tag: null,
    address: null,
    actor: "acme",
    kind: "exchange",
    category: null,
    label: null,
    source: null,
    edited: null,
    validFrom: null,
    validUntil: null,
    confidence: null,
    abuse: null,
    file: "a.csv",
    ...rest,
  };
}

async function* each(labels: readonly Short[]): AsyncGenerator<Label> {
  yield* labels.map(label);
}

function load(labels: readonly Short[], files: readonly string[] = ["a.csv"]): Promise<LabelImportResult> {
  return importLabels(db, { files, labels: each(labels) });
}

async function list(filter: LabelFilter): Promise<string[]> {
  const found: string[] = [];
  for await (const { script, tag, actor, edited } of streamLabels(db, filter)) {
    found.push(`${tag ?? script?.[1] ?? ""} ${actor} ${edited ?? ""}`.trim());
  }
  return found;
}

const NONE = { added: 0, changed: 0, unchanged: 0, removed: 0, repeated: 0, conflicts: 0 };

test("an import tells what it added, changed, left and removed, and bumps the version where something changed", async () => {
  expect(await load([{ of: 1 }, { of: 2 }, { of: 3 }])).toEqual({ ...NONE, version: 1, added: 3 });
  expect(await load([{ of: 3 }, { of: 1 }, { of: 2 }])).toEqual({ ...NONE, version: 1, unchanged: 3 });
  const second = await load([{ of: 1 }, { of: 2, edited: "2024-05-06" }, { of: 4, actor: "other" }]);
  expect(second).toEqual({ ...NONE, version: 2, added: 1, changed: 1, unchanged: 1, removed: 1 });
  expect(await list({ version: 1 })).toEqual(["1 acme", "2 acme", "3 acme"]);
  expect(await list({ version: 2 })).toEqual(["1 acme", "2 acme 2024-05-06", "4 other"]);
  expect(await list({ version: 0 })).toEqual([]);
});

test("a file replaces what files of its name said, and nothing else", async () => {
  await load([{ of: 1 }]);
  await load([{ of: 1, file: "b.csv" }], ["b.csv"]);
  expect(await load([], ["a.csv"])).toEqual({ ...NONE, version: 3, removed: 1 });
  expect(await list({ version: 3 })).toEqual(["1 acme"]);
});

test("everything that a label says comes back", async () => {
  const full = label({
    of: 1,
    address: "1abc",
    category: "cex",
    label: 'ö "quoted"',
    source: "https://example.org/",
    edited: "2011-02-03",
    validFrom: "2009-01-03",
    validUntil: "2010-12-31",
    confidence: "ownership",
    abuse: "none",
  });
  const tag = label({ of: 2, script: null, tag: "/鱼\u{1F41F}/", kind: "pool" });
  await load([
    { of: 1, ...full },
    { of: 2, ...tag },
  ]);
  const found = [];
  for await (const stored of streamLabels(db, { version: 1 })) found.push(stored);
  expect(found).toMatchObject([full, tag]);
  expect(found[0]).toMatchObject({ versionFrom: 1, versionTo: null, knownSince: expect.any(Date) });
});

test("what decides whose a script is comes in any order, of each version, under the name of the actor", async () => {
  const long = { of: 9, script: new Uint8Array(70_000).fill(7), confidence: "ownership" };
  await load([{ of: 1, actor: "Acme" }, { of: 2, edited: "2024-01-01" }, { of: 3, kind: "pool", tag: "/鱼/" }, long]);
  await load(
    [
      { of: 1, actor: "A-C-M-E", file: "b.csv" },
      { of: 4, actor: "other", file: "b.csv" },
    ],
    ["b.csv"],
  );
  for (const version of [0, 1, 2]) {
    const whole = [];
    for await (const { script, tag, name, kind, confidence, edited } of streamLabels(db, { version })) {
      whole.push({
        script: tag === null ? Buffer.from(script ?? []) : null,
        tag,
        actor: name,
        kind,
        confidence,
        edited,
      });
    }
    const claims = [];
    for await (const page of streamLabelClaims(db, version)) claims.push(...page);
    const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();
    expect(sorted(claims)).toEqual(sorted(whole));
    expect(claims).toHaveLength([0, 4, 6][version] ?? -1);
  }
});

test("of labels that say the same of a script the newest is kept, and the others are counted", async () => {
  const result = await load([{ of: 1 }, { of: 1, edited: "2024-01-01" }, { of: 1, edited: "2023-01-01" }]);
  expect(result).toMatchObject({ added: 1, repeated: 2, conflicts: 0 });
  expect(await list({ version: 1 })).toEqual(["1 acme 2024-01-01"]);
});

test("labels are found by the day on which they are true; where a file does not say, that is every day", async () => {
  await load([
    { of: 1, edited: "2030-01-01" },
    { of: 2, validFrom: "2012-01-01", validUntil: "2012-12-31" },
    { of: 2, validFrom: "2015-01-01" },
    { of: 3, validUntil: "2013-06-30", actor: "early" },
    { of: 3, validFrom: "2013-07-01", actor: "late" },
  ]);
  const scriptsOn = async (validAt: string): Promise<string[]> => list({ version: 1, validAt });
  expect(await scriptsOn("2012-01-01")).toEqual(["1 acme 2030-01-01", "2 acme", "3 early"]);
  expect(await scriptsOn("2012-12-31")).toEqual(await scriptsOn("2012-01-01"));
  expect(await scriptsOn("2013-06-30")).toEqual(["1 acme 2030-01-01", "3 early"]);
  expect(await scriptsOn("2013-07-01")).toEqual(["1 acme 2030-01-01", "3 late"]);
  expect(await scriptsOn("2016-01-01")).toEqual(["1 acme 2030-01-01", "2 acme", "3 late"]);
  // Another beginning is another label, another end a change.
  const second = await load([{ of: 2, validFrom: "2012-01-01", validUntil: "2014-12-31" }], ["a.csv"]);
  expect(second).toMatchObject({ added: 0, changed: 1, removed: 4 });
});

test("labels are found by actor, kind and script, at a version and at a time", async () => {
  await load([{ of: 1 }, { of: 2, kind: "pool" }, { of: 3, actor: "Other" }]);
  expect(await list({ version: 1, actor: "ACME" })).toEqual(["1 acme", "2 acme"]);
  expect(await list({ version: 1, kind: "pool" })).toEqual(["2 acme"]);
  expect(await list({ version: 1, script: Uint8Array.of(0x51, 3) })).toEqual(["3 Other"]);
  await load([]);
  expect(await getLabelVersion(db)).toBe(2);
  const { rows } = await sql<{ at: Date }>`SELECT at FROM label_versions ORDER BY version`.execute(db);
  const [first = new Date(), second = new Date()] = rows.map(({ at }) => at);
  const at = (time: Date, plus: number): Promise<number> => getLabelVersionAt(db, new Date(time.getTime() + plus));
  expect([await at(first, -1_000), await at(first, 1), await at(second, 1_000)]).toEqual([0, 1, 2]);
  await expect(checkLabelVersion(db, 3)).rejects.toMatchObject({ code: "STORE_LABEL_VERSION" });
});

describe("what a person should look at", () => {
  test("a script that is claimed for two entities is kept twice and shown", async () => {
    await load([{ of: 1 }, { of: 2 }]);
    const second = await load([{ of: 1, actor: "other", file: "b.csv" }], ["b.csv"]);
    expect(second).toMatchObject({ added: 1, conflicts: 1, version: 2 });
    expect(await list({ version: 2 })).toEqual(["1 acme", "2 acme", "1 other"]);
    expect(await listLabelConflicts(db, 2)).toEqual([
      {
        address: null,
        script: Uint8Array.of(0x51, 1),
        tag: null,
        claims: expect.arrayContaining([
          { actor: "acme", spelling: "acme", kind: "exchange", file: "a.csv" },
          { actor: "other", spelling: "other", kind: "exchange", file: "b.csv" },
        ]),
      },
    ]);
    expect(await listLabelConflicts(db, 1)).toEqual([]);
  });

  test("an actor that is spelled in several ways is one, under the name that came first", async () => {
    await load([{ of: 1, actor: "F2Pool" }]);
    const second = await load([{ of: 1, actor: "f2-pool", file: "b.csv" }], ["b.csv"]);
    expect(second).toMatchObject({ added: 1, conflicts: 0 });
    expect(await listLabelConflicts(db, 2)).toEqual([]);
    expect(await listActorsOfManySpellings(db, 2)).toEqual([{ actor: "F2Pool", spellings: ["F2Pool", "f2-pool"] }]);
    expect(await listActorsOfManySpellings(db, 1)).toEqual([]);
    const found = [];
    for await (const { actor, name } of streamLabels(db, { version: 2, actor: "F2POOL" })) found.push([actor, name]);
    expect(found).toEqual([
      ["F2Pool", "F2Pool"],
      ["f2-pool", "F2Pool"],
    ]);
    // The name stays when the file that brought it goes.
    await load([]);
    for await (const label of streamLabels(db, { version: 3 })) expect(label.name).toBe("F2Pool");
  });

  test("an actor of several kinds, and a label that sounds like somebody else", async () => {
    await load([
      { of: 1, label: "Acme.com cold" },
      { of: 2, kind: "pool", label: "original" },
      { of: 3, kind: "theft", label: "stolen" },
      { of: 4, actor: "solo", label: "Solo Mining" },
    ]);
    expect(await listActorsOfManyKinds(db, 1)).toEqual([
      { actor: "acme", kinds: ["exchange", "pool", "theft"].map((kind) => ({ kind, labels: 1 })) },
    ]);
    expect(await listOddNames(db, 1)).toEqual([{ actor: "acme", label: "original", labels: 1, file: "a.csv" }]);
  });
});

test("an import that fails in the middle leaves labels, entities and version as they were", async () => {
  await load([{ of: 1 }]);
  async function* failing(): AsyncGenerator<Label> {
    for (let index = 0; index < 12_000; index += 1) {
      yield label({ of: 2, script: Uint8Array.of(0x51, index & 255, index >> 8), actor: "half" });
    }
    throw new Error("the file ends here");
  }
  await expect(importLabels(db, { files: ["a.csv"], labels: failing() })).rejects.toThrow("the file ends here");
  expect(await getLabelVersion(db)).toBe(1);
  expect(await list({ version: 1 })).toEqual(["1 acme"]);
  const { rows } = await sql<{ actor: string }>`SELECT actor FROM label_entities`.execute(db);
  expect(rows).toEqual([{ actor: "acme" }]);
});

test("the key of an actor is the same in the database as in the program", async () => {
  const character = fc.oneof(
    fc.constantFrom(...Array.from("aZ09 -_.,/:@[`{~\n\u007fÄßİ七\u{1F41F}")),
    fc.string({ unit: "binary", maxLength: 1 }),
  );
  const actors = fc.sample(
    fc.array(character, { minLength: 1, maxLength: 12 }).map((characters) => characters.join("").replaceAll("\0", "0")),
    2_000,
  );
  // Half of a pair of surrogates is no text that PostgreSQL takes.
  const wellFormed = [...new Set(actors.filter((actor) => actor.isWellFormed()))];
  await sql`INSERT INTO label_entities (actor, kind) SELECT actor, 'pool' FROM unnest(${wellFormed}::text[]) AS actor`.execute(
    db,
  );
  const { rows } = await sql<{ actor: string; actor_key: string }>`SELECT actor, actor_key FROM label_entities`.execute(
    db,
  );
  expect(rows).toHaveLength(wellFormed.length);
  expect(rows.filter(({ actor, actor_key: key }) => key !== keyOfActor(actor))).toEqual([]);
});

test("two imports at once come one after the other", async () => {
  const results = await Promise.all(
    ["a.csv", "b.csv", "c.csv"].map((file, of) => load([{ of, file, actor: `actor ${of}` }], [file])),
  );
  expect(new Set(results.map(({ version }) => version))).toEqual(new Set([1, 2, 3]));
  expect((await list({ version: 3 })).toSorted()).toEqual(["0 actor 0", "1 actor 1", "2 actor 2"]);
});
