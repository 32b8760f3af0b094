import { beforeAll, describe, expect, test } from "vitest";
import { addressOf, NETWORKS } from "#bitcoin";
import { blockList, type LabelList, labelList, problem, type SignalList, signalList } from "#contract";
import { sha256 } from "#lib";
import { claimChain, importLabels, saveBlocks } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { runTestApi } from "../../test/helpers/running-api.ts";
import { storedBlock, storedChain } from "../../test/helpers/stored-blocks.ts";

const database = await openTestDatabase();
const { db } = database;
const api = runTestApi(database);
const CHAIN = storedChain(30);
const SCRIPT = Uint8Array.of(0x00, 0x14, ...new Uint8Array(20));
const ADDRESS = addressOf(SCRIPT, NETWORKS.simnet, sha256) ?? "";

async function ask(path: string): Promise<unknown> {
  return (await fetch(path.startsWith("/") ? `${api.url}${path}` : `${api.url}/api/v1/${path}`)).json();
}

type Imported = Parameters<typeof importLabels>[1]["labels"];
type Label = Imported extends AsyncIterable<infer One> ? One : never;

const signals = async (query = ""): Promise<SignalList> => signalList.parse(await ask(`signals?${query}`));
const labels = async (query = ""): Promise<LabelList> => labelList.parse(await ask(`labels?${query}`));
const codeOf = async (path: string): Promise<string> => problem.parse(await ask(path)).code;

/** All pages of a list, one after the other, as whoever follows the address of the next has them. */
async function pages<Page extends { nextPageUrl: string | null }>(path: string, read: (body: unknown) => Page) {
  const found: Page[] = [];
  for (let next: string | null = path; next !== null;) {
    const page = read(await ask(next));
    found.push(page);
    next = page.nextPageUrl;
  }
  return found;
}

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  // Two blocks of which no chain is known yet: what stands out in them is not told.
  await saveBlocks(db, CHAIN);
  await saveBlocks(db, [storedBlock(40, { connected: false })]);
});

describe("signals", () => {
  test("come highest block first, as they are stored", async () => {
    const { signals: found } = await signals();
    expect(found.slice(0, 3).map(({ height, number, kind }) => [height, number, kind])).toEqual([
      [29, 1, "fee-spike"],
      [29, 0, "large-transfer"],
      [28, 1, "fee-spike"],
    ]);
    const block = CHAIN[28];
    expect(found[3]).toMatchObject({
      blockHash: block?.header.hash,
      category: "whale",
      subject: { actor: "example", kind: "exchange" },
      other: null,
      surprise: null,
      metrics: [{ name: "value", unit: "sats", baseline: null, level: 100_000_000_000 }],
      transactions: [{ txid: block?.transfers[0]?.txid, value: block?.transfers[0]?.value }],
    });
    expect(found[0]?.surprise).toEqual({ percentile: 97.25, sampleSize: 143 });
  });

  test("are narrowed by kind, category, whom they are about, how rare they are, heights and times", async () => {
    const heights = async (query: string) => (await signals(query)).signals.map(({ height }) => height);
    expect(await heights("kind=large-transfer&pageSize=3")).toEqual([29, 28, 27]);
    expect(await heights("kind=large-transfer,fee-spike&pageSize=3")).toEqual([29, 29, 28]);
    expect(await heights("category=mempool&pageSize=2")).toEqual([29, 28]);
    expect((await signals("category=mempool")).signals.every(({ kind }) => kind === "fee-spike")).toBe(true);
    expect(await heights("category=mempool&kind=large-transfer")).toEqual([]);
    expect(await heights("entity=example&pageSize=3")).toEqual([28, 26, 24]);
    expect(await heights("minPercentile=97.25&pageSize=2")).toEqual([29, 28]);
    expect(await heights("minPercentile=97.26")).toEqual([]);
    expect(await heights("fromHeight=4&toHeight=5")).toEqual([5, 5, 4, 4]);
    const [from, to] = [CHAIN[4]?.header.time ?? 0, CHAIN[6]?.header.time ?? 0];
    const span = `from=${new Date(from * 1_000).toISOString()}&to=${new Date(to * 1_000).toISOString()}`;
    expect(await heights(span)).toEqual([5, 5, 4, 4]);
  });

  test("of a kind that is filed under two categories are those that name somebody under one alone", async () => {
    const block = storedBlock(30);
    const [first] = block.signals;
    if (first === undefined) throw new Error("a block has signals");
    const empty = { ...first, kind: "empty-block" as const };
    const pool = { actor: "Alder Pool", kind: "pool" } as const;
    await saveBlocks(db, [
      {
        ...block,
        insights: [],
        signals: [
          { ...empty, subject: null },
          { ...empty, subject: pool },
        ],
      },
    ]);
    const of = async (category: string) => (await signals(`category=${category}`)).signals.map((one) => one.number);
    expect([await of("network"), await of("miner"), await of("network,miner")]).toEqual([[0], [1], [1, 0]]);
  });

  test("are the same page by page as at once", async () => {
    const all = await pages("signals?pageSize=7&category=whale,mempool&fromHeight=3", (body) => signalList.parse(body));
    expect(all.length).toBe(8);
    expect(all.flatMap((page) => page.signals)).toEqual(
      (await signals("pageSize=200&category=whale,mempool&fromHeight=3")).signals,
    );
  });
});

describe("blocks of a range", () => {
  test("are listed from the highest down, page by page", async () => {
    const found = await pages("blocks?fromHeight=5&toHeight=12&pageSize=3", (body) => blockList.parse(body));
    const heights = found.map((page) => page.blocks.map(({ height }) => height));
    expect(heights).toEqual([
      [12, 11, 10],
      [9, 8, 7],
      [6, 5],
    ]);
    expect(blockList.parse(await ask("blocks?fromHeight=9&toHeight=8")).blocks).toEqual([]);
    expect(await codeOf("blocks?fromHeight=1&sort=fees")).toBe("API_BAD_REQUEST");
    expect(await codeOf("blocks?pageSize=1001")).toBe("API_BAD_REQUEST");
  });
});

describe("labels", () => {
  test("are none before any were imported", async () => {
    expect(await labels("kind=exchange")).toEqual({
      labelVersion: 0,
      labels: [],
      nextPageToken: null,
      nextPageUrl: null,
    });
  });

  test("are told with file, source and versions, and found by whose they are", async () => {
    const basics = { tag: null, address: null, category: null, label: null, source: null, edited: null };
    const more = { validFrom: null, validUntil: null, confidence: null, abuse: null, file: "a.csv" };
    const label = (of: number, actor: string, kind: Label["kind"] = "exchange"): Label => {
      return { ...basics, ...more, script: Uint8Array.of(0x51, of), actor, kind };
    };
    const owned = {
      ...label(9, "Kraken"),
      script: SCRIPT,
      address: ADDRESS,
      source: "their page",
      edited: "2026-01-31",
    };
    async function* each(list: readonly Label[]) {
      yield* list;
    }
    const before = [label(1, "Alder Pool", "pool"), label(2, "Kraken"), label(3, "kraken"), owned];
    const after = [...before.slice(1), label(4, "Varnost")];
    for (const list of [before, after]) await importLabels(db, { files: ["a.csv"], labels: each(list) });

    const all = await labels();
    expect(all.labelVersion).toBe(2);
    const told = all.labels.map(({ entity, spelling, script: hex }) => [entity.actor, spelling, hex]);
    expect(told).toHaveLength(4);
    expect(told).toContainEqual(["Kraken", "kraken", "5103"]);
    expect(all.labels.find(({ address }) => address === ADDRESS)).toMatchObject({
      entity: { actor: "Kraken", kind: "exchange" },
      script: Buffer.from(SCRIPT).toString("hex"),
      source: "their page",
      edited: "2026-01-31",
      file: "a.csv",
      versionFrom: 1,
      versionTo: null,
    });
    const scripts = async (query: string) => (await labels(query)).labels.map((one) => one.script);
    expect(await scripts(`address=${ADDRESS}`)).toEqual([Buffer.from(SCRIPT).toString("hex")]);
    expect((await scripts("entity=KRAKEN")).length).toBe(3);
    expect(await scripts("q=arno")).toEqual(["5104"]);
    expect(await scripts("kind=pool")).toEqual([]);
    expect(await scripts("kind=pool&asOf=1")).toEqual(["5101"]);
    expect((await labels("kind=pool&asOf=1")).labels[0]?.versionTo).toBe(2);
    const found = await pages("labels?pageSize=1&q=kraken", (body) => labelList.parse(body));
    expect(found.flatMap((page) => page.labels)).toEqual((await labels("q=kraken")).labels);
    expect(found).toHaveLength(3);
  });

  test("of no such version, and of an address of another network, are refused", async () => {
    expect(await codeOf("labels?asOf=3")).toBe("STORE_LABEL_VERSION");
    expect(await codeOf("labels?address=bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq")).toBe("API_BAD_REQUEST");
    expect(await codeOf("labels?pageToken=cDEyMw")).toBe("API_BAD_REQUEST");
  });
});
