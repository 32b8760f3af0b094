import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { addressOf, NETWORKS } from "#bitcoin";
import type { LabelLookup } from "#features";
import { sha256 } from "#lib";
import { balances, findChain, saveBlocks } from "#store";
import { encodeSnapshot, type UnspentTransaction } from "../../../test/fixtures/snapshot-encoding.ts";
import { emptyDatabase, openTestDatabase, query } from "../../../test/helpers/database.ts";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import { hashOf, storedBlock } from "../../../test/helpers/stored-blocks.ts";
import { type ImportedSnapshot, importSnapshot } from "./import-snapshot.ts";
import { type OpeningBalances, readOpeningBalances } from "./read-opening-balances.ts";

const { db } = await openTestDatabase();
const folder = mkdtempSync(join(tmpdir(), "utxoiq-snapshot-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "utxo.snapshot");
const { signal } = new AbortController();

/** P2WPKH scripts by a number; those of 1 and 2 belong to one entity, those of 3 to another. */
function scriptOf(number: number): Uint8Array {
  return Uint8Array.from([0, 20, ...new Uint8Array(20).fill(number)]);
}

const LABELS: LabelLookup = {
  version: 7,
  entities: [
    { actor: "kraken", kind: "exchange" },
    { actor: "nobody here", kind: "service" },
    { actor: "foundry", kind: "pool" },
  ],
  entityOf: (bytes, start, end) => {
    const number = end - start === 22 ? (bytes[start + 2] ?? 0) : 0;
    return [-1, 0, 0, 2][number] ?? -1;
  },
  poolByPayoutScript: () => undefined,
  poolByCoinbaseText: () => undefined,
};

type Coin = { readonly script: number; readonly sats: number; readonly height: number };

function transactionsOf(coins: readonly Coin[]): UnspentTransaction[] {
  return coins.map(({ script, sats, height }, index) => {
    const txid = new Uint8Array(32);
    new DataView(txid.buffer).setUint32(0, index);
    return { txid, outputs: [{ index: 0, height, coinbase: false, value: sats, script: scriptOf(script) }] };
  });
}

const BASE = hashOf("block main 322");

function write(coins: readonly Coin[], { network = NETWORKS.regtest, baseHash = BASE } = {}): void {
  writeFileSync(path, encodeSnapshot({ network, baseHash, transactions: transactionsOf(coins) }));
}

const COINS: readonly Coin[] = [
  { script: 1, sats: 60_000_000_000, height: 10 },
  { script: 2, sats: 5, height: 20 },
  { script: 1, sats: 40_000_000_000, height: 300 },
  { script: 3, sats: 99_999_999_999, height: 40 },
  { script: 9, sats: 250_000_000_000, height: 1 },
];

const EXPECTED = {
  entities: [
    { actor: "kraken", kind: "exchange", sats: 100_000_000_005, coins: 3 },
    { actor: "foundry", kind: "pool", sats: 99_999_999_999, coins: 1 },
  ],
  scripts: [
    {
      script: scriptOf(9),
      address: addressOf(scriptOf(9), NETWORKS.regtest, sha256),
      entity: null,
      sats: 250_000_000_000,
      coins: 1,
    },
    { script: scriptOf(1), entity: { actor: "kraken", kind: "exchange" }, sats: 100_000_000_000, coins: 2 },
  ],
};

function runImport(height?: number): Promise<ImportedSnapshot | undefined> {
  return importSnapshot({ db, path, labels: LABELS, height, signal });
}

beforeEach(async () => {
  await emptyDatabase(db);
  await query(db, "TRUNCATE chain, utxo_snapshots CASCADE");
});

test("is stored as a whole, and another import takes its place", async () => {
  write(COINS);
  expect(await runImport()).toMatchObject({ height: null, labelVersion: 7, totals: { coins: 5, maxHeight: 300 } });
  expect(await findChain(db)).toMatchObject({ network: "regtest", chainId: NETWORKS.regtest.genesisHash });
  expect(await balances.listOpeningBalances(db, BASE)).toMatchObject(EXPECTED);
  expect(await balances.listUtxoSnapshots(db)).toMatchObject([
    { baseHash: BASE, height: null, maxCoinHeight: 300, coins: 5, total: 450_000_000_004, labelVersion: 7 },
  ]);
  write(COINS.slice(0, 1));
  await runImport(322);
  expect(await balances.listUtxoSnapshots(db)).toMatchObject([{ baseHash: BASE, height: 322, coins: 1 }]);
  expect((await balances.listOpeningBalances(db, BASE)).scripts).toEqual([]);
  write(COINS, { baseHash: hashOf("another") });
  await runImport();
  expect(await balances.listUtxoSnapshots(db)).toHaveLength(2);
});

test("the height of the base block is that of the stored header, at the import or later", async () => {
  write(COINS);
  await runImport();
  await saveBlocks(db, [storedBlock(322, { connected: false })]);
  expect(await balances.listUtxoSnapshots(db)).toMatchObject([{ height: 322 }]);
  expect(await runImport()).toMatchObject({ height: 322 });
  await expect(runImport(321)).rejects.toMatchObject({
    code: "INGEST_SNAPSHOT_HEIGHT",
    message: `${path} was taken at block 322, which is stored here, not at 321.`,
  });
});

test("what cannot be is refused, and nothing of it is stored", async () => {
  write(COINS);
  await expect(runImport(299)).rejects.toMatchObject({ code: "INGEST_SNAPSHOT_HEIGHT" });
  writeFileSync(
    path,
    encodeSnapshot({ network: NETWORKS.regtest, baseHash: BASE, transactions: transactionsOf(COINS) }).subarray(0, 200),
  );
  await expect(runImport()).rejects.toMatchObject({
    code: "INGEST_SNAPSHOT_DAMAGED",
    message: expect.stringMatching(/utxo\.snapshot: coin 2 \/ .*, at byte \d+$/),
  });
  writeFileSync(path, "");
  await expect(runImport()).rejects.toMatchObject({ code: "INGEST_SNAPSHOT_DAMAGED" });
  rmSync(path);
  await expect(runImport()).rejects.toMatchObject({ code: "INGEST_SNAPSHOT_UNREADABLE" });
  write(COINS);
  expect(
    await importSnapshot({ db, path, labels: LABELS, height: undefined, signal: AbortSignal.abort() }),
  ).toBeUndefined();
  expect(await balances.listUtxoSnapshots(db)).toEqual([]);
  expect(await findChain(db)).toBeUndefined();
  await runImport();
  write(COINS, { network: NETWORKS.signet });
  await expect(runImport()).rejects.toMatchObject({ code: "STORE_OTHER_CHAIN" });
  expect(await balances.listUtxoSnapshots(db)).toHaveLength(1);
});

test("a file that becomes another one between the two passes is refused", async () => {
  write(COINS);
  const onProgress = ({ pass }: { readonly pass: number }): void => {
    if (pass === 1) write(COINS.slice(1));
  };
  await expect(
    importSnapshot({ db, path, labels: LABELS, height: undefined, signal, onProgress }),
  ).rejects.toMatchObject({
    code: "INGEST_SNAPSHOT_CHANGED",
  });
});

describeWithRealBlocks("the snapshot of a real node", (real) => {
  test("has one large holder, whose coins sum to what it holds", async () => {
    const file = join(dirname(real.blocks), "regtest-node", "utxo.snapshot");
    const balances: OpeningBalances | undefined = await readOpeningBalances({ path: file, labels: LABELS, signal });
    expect(balances).toMatchObject({
      totals: { coins: 12_318, total: 1_148_750_000_000 },
      scripts: [{ address: "bcrt1q00sw8wnxpc4y2zcht3kkyr5ku8yapx35dd9yp8", sats: 773_770_834_385, coins: 232 }],
    });
  });
});
