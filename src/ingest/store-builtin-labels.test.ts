import { beforeEach, expect, test } from "vitest";
import { NETWORKS, scriptOfAddress } from "#bitcoin";
import { type Label, listBuiltinLabels } from "#labels";
import { sha256 } from "#lib";
import { claimChain, getLabelVersion, importLabels, listLabelConflicts, streamLabels } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { CurrentLabels } from "./current-labels.ts";
import { storeBuiltinLabels } from "./store-builtin-labels.ts";

const { db } = await openTestDatabase();
const { mainnet, regtest, testnet3 } = NETWORKS;
const BUILTIN = listBuiltinLabels(mainnet, sha256);
const FOUNDRY = "bc1qxhmdufsvnuaaaer4ynz88fspdsxq2h9e9cetdj";

beforeEach(() => query(db, "TRUNCATE labels, label_entities, label_versions, chain"));

async function list(version: number): Promise<Label[]> {
  const found = [];
  for await (const label of streamLabels(db, { version })) found.push(label);
  return found;
}

async function* one(label: Label): AsyncGenerator<Label> {
  yield label;
}

/** Of an address of Foundry's, by a file. */
function claim(file: string): Label {
  const script = scriptOfAddress(FOUNDRY, mainnet, sha256);
  const undated = { edited: null, validFrom: null, validUntil: null } as const;
  const nothing = { ...undated, tag: null, category: null, label: null, source: null, abuse: null } as const;
  return { ...nothing, script, address: FOUNDRY, actor: "Somebody", kind: "pool", confidence: null, file };
}

test("built-in labels are kept as those of a file, once", async () => {
  await storeBuiltinLabels(db, mainnet);
  expect(await list(1)).toMatchObject(BUILTIN);
  await storeBuiltinLabels(db, mainnet);
  expect(await getLabelVersion(db)).toBe(1);
});

test("what another program knew is replaced under a new version, and stays answerable", async () => {
  await importLabels(db, { files: ["built-in"], labels: one(claim("built-in")) });
  await storeBuiltinLabels(db, mainnet);
  expect(await list(1)).toMatchObject([{ actor: "Somebody" }]);
  expect(await list(2)).toMatchObject(BUILTIN);
});

test("a file that says otherwise is a conflict like between two files", async () => {
  await storeBuiltinLabels(db, mainnet);
  const result = await importLabels(db, { files: ["mine.csv"], labels: one(claim("mine.csv")) });
  expect(result).toMatchObject({ version: 2, added: 1, conflicts: 1 });
  expect(await listLabelConflicts(db, 2)).toMatchObject([{ claims: [{ file: "built-in" }, { file: "mine.csv" }] }]);
});

test("a database of another network has none of them, and does not get them by mistake", async () => {
  await storeBuiltinLabels(db, regtest);
  expect(await getLabelVersion(db)).toBe(0);
  await claimChain(db, { network: testnet3.name, chainId: "test", simulated: false });
  await storeBuiltinLabels(db, mainnet);
  expect(await getLabelVersion(db)).toBe(0);
});

test("blocks are read by them under their version", async () => {
  const labels = await (await CurrentLabels.open(db, { network: mainnet, pools: [] })).newest();
  const script = scriptOfAddress(FOUNDRY, mainnet, sha256);
  expect(labels.version).toBe(1);
  expect(labels.entities[labels.entityOf(script, 0, script.length)]).toEqual({ actor: "Foundry USA", kind: "pool" });
});
