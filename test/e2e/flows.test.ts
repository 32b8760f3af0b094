import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addressOf, NETWORKS } from "#bitcoin";
import { sha256 } from "#lib";
import {
  blockBytes,
  type Coin,
  coinbase,
  type HandBuiltTransaction,
  payment,
  spentBytes,
} from "../fixtures/hand-built-block.ts";
import { mineOn } from "../fixtures/small-chain.ts";
import { cloneDatabase } from "../helpers/database.ts";
import { runCommand } from "../helpers/run-command.ts";
import type { Outcome } from "../helpers/running-program.ts";

const COIN = 100_000_000;

/** P2TR: what was spent of it cannot be checked without running signatures, so it can be made up. */
function taproot(byte: number): Uint8Array {
  return Uint8Array.from([0x51, 32, ...Array.from({ length: 32 }, () => byte)]);
}

const [EXCHANGE, CUSTODIAN, WATCHED] = [1, 2, 3].map(taproot);

function coinOf(script: Uint8Array | undefined, coins: number): Coin {
  return { script: script ?? taproot(0), value: Math.round(coins * COIN) };
}

/** Who pays how much to whom; the fee is 0.01 BTC. */
function pay(from: Uint8Array | undefined, to: Uint8Array | undefined, coins: number): HandBuiltTransaction {
  return payment([coinOf(from, coins + 0.01)], [coinOf(to, coins)]);
}

const FIRST = 201;
const BLOCKS = [
  [pay(EXCHANGE, CUSTODIAN, 200), pay(WATCHED, taproot(10), 0.5)],
  [pay(taproot(11), CUSTODIAN, 2), pay(taproot(12), EXCHANGE, 3)],
  [pay(taproot(13), CUSTODIAN, 4)],
];

function writeBlock(folder: string, height: number): void {
  const transactions = [coinbase(height, [coinOf(taproot(9), 1)]), ...(BLOCKS[height - FIRST] ?? [])];
  const bytes = blockBytes(transactions, 1_700_000_000 + height);
  mineOn(bytes, undefined);
  writeFileSync(join(folder, `${height}.block`), bytes);
  writeFileSync(join(folder, `${height}.spent`), spentBytes(transactions));
}

function writeLabels(folder: string, labels: Readonly<Record<string, Uint8Array | undefined>>): string {
  const rows = Object.entries(labels).map(
    ([kind, script]) => `${Buffer.from(script ?? []).toString("hex")},acme,${kind}`,
  );
  writeFileSync(join(folder, "acme.csv"), ["script,actor,kind", ...rows].join("\n"));
  return join(folder, "acme.csv");
}

type Row = Readonly<Record<string, unknown>>;

const FLOW = ["height", "kind", "inflow", "outflow", "label_version"];
const TRANSFER = ["height", "value", "watched", "kind"];

/** Of rows these fields alone. */
function pick(rows: readonly Row[], ...fields: readonly string[]): unknown[][] {
  return rows.map((row) => fields.map((field) => row[field]));
}

test("who is watched, received and spent is told by the labels of then and of now", async () => {
  const { host, port, user, database } = await cloneDatabase();
  const folder = mkdtempSync(join(tmpdir(), "utxoiq-flows-"));
  const url = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  const run = (...args: readonly string[]): Promise<Outcome> =>
    runCommand(...args, "--network", "regtest", "--database-url", url, "--data", folder);
  const told = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(...args);
    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: "" });
    return stdout;
  };
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { code, stderr } = await run(...args);
    expect({ args, code, lines: stderr.trim().split("\n").length }).toEqual({ args, code: 1, lines: 1 });
    return stderr;
  };
  const rows = async (...args: readonly string[]): Promise<Row[]> => {
    const lines = (await told(...args, "--json")).split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as Row);
  };
  const address = addressOf(WATCHED ?? taproot(0), NETWORKS.regtest, sha256) ?? "";
  const source = ["--source", `dir:${folder}`];

  await told("labels", "import", writeLabels(folder, { exchange: EXCHANGE }));
  expect(await told("watch", "add", "ACME", "--note", "reserve")).toMatch(
    /^Watched +acme \(of all kinds\), number 1, /,
  );
  expect(await told("watch", "add", address)).toContain(`${address}, number 2, in blocks that are read from now on`);
  expect(await refused("watch", "add", "nobody")).toContain("no label is known of nobody");
  expect(await refused("watch", "add", address, "--kind", "pool")).toContain(`${address} is an address`);

  for (const height of [201, 202]) writeBlock(folder, height);
  expect(await told("ingest", ...source)).toContain("2 blocks, 0 signals");
  const flows = await rows("flows", "acme");
  expect(pick(flows, ...FLOW)).toEqual([
    [201, "exchange", 0, 200.01 * COIN, 1],
    [202, "exchange", 3 * COIN, 0, 1],
  ]);
  expect(await told("flows", "acme", "--from", "202")).toMatch(
    /^ +202 {2}acme \(exchange\) {2}net \+3\.00000000 BTC, in 3\.00000000 \(1 deposit\), out 0\.0/,
  );
  expect(await refused("flows", "nobody")).toContain("no label is known of nobody");
  expect(pick(await rows("transfers"), ...TRANSFER)).toEqual([
    [201, 200 * COIN, true, "withdrawal"],
    [201, 0.5 * COIN, true, null],
    [202, 3 * COIN, true, "deposit"],
  ]);
  expect(await told("transfers", "--watched", "--from", "202")).toMatch(
    /^ +202 {2}\w{64} {2}3\.00000000 BTC, somebody to acme \(exchange\), deposit, watched\n$/,
  );
  expect(await refused("transfers", "--from", "5", "--to", "4")).toContain("--from 5 lies above --to 4");

  await told("labels", "import", writeLabels(folder, { exchange: EXCHANGE, custodian: CUSTODIAN }));
  expect(await told("labels", "restate", "--from", "202", ...source)).toMatch(
    /Restated +1 block by label version 2\n$/,
  );
  writeBlock(folder, 203);
  expect(await told("ingest", ...source)).toContain("1 block, 0 signals");
  // Block 201 was not told anew yet.
  expect(pick(await rows("flows", "acme", "--kind", "custodian"), ...FLOW)).toEqual([
    [202, "custodian", 2 * COIN, 0, 2],
    [203, "custodian", 4 * COIN, 0, 2],
  ]);
  expect(await told("labels", "restate", "--from", "0", ...source)).toMatch(/Restated +1 block by label version 2\n$/);
  expect(await rows("flows", "acme", "--as-of", "1")).toEqual(flows);
  const renewed = await rows("flows", "acme", "--to", "201");
  expect(pick(renewed, "kind", "inflow", "inter_entity_in", "inter_entity_out")).toEqual([
    ["custodian", 200 * COIN, 200 * COIN, 0],
    ["exchange", 0, 0, 200 * COIN],
  ]);
  // The custodian was labelled after the actor was watched.
  expect(pick(await rows("transfers", "--from", "203"), ...TRANSFER)).toEqual([[203, 4 * COIN, true, "deposit"]]);

  expect(pick(await rows("watch", "list"), "id", "actor", "kind", "address", "note")).toEqual([
    [1, "acme", null, null, "reserve"],
    [2, null, null, address, null],
  ]);
  await told("watch", "remove", "2");
  expect(await refused("watch", "remove", "2")).toContain("there is no watch with the number 2");
  expect(await told("watch", "list")).toBe("   1  acme (of all kinds)  reserve\n");
});
