import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { sha256 } from "#lib";
import type { Label } from "../label.ts";
import { type LabelFilesOptions, readLabelFiles } from "./read-label-files.ts";

const SATOSHI = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
const SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

function write(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "utxoiq-labels-")), name);
  writeFileSync(path, text);
  return path;
}

async function read(paths: string | readonly string[], options: Partial<LabelFilesOptions> = {}) {
  const files = readLabelFiles([paths].flat(), { network: NETWORKS.mainnet, sha256, ...options });
  const labels: Label[] = [];
  for await (const label of files.labels) labels.push(label);
  return { labels, report: files.report };
}

test("a TagPack: what a tag does not say is said by the pack, and other currencies are counted", async () => {
  const path = write(
    "pack.yaml",
    `title: Test
currency: BTC
label: reserves
category: exchange
lastmod: 2022-11-16
source: https://example.org/
actor: acme
confidence: service_data
tags:
- address: ${SATOSHI}
- address: "${SEGWIT}"
  label: cold
  category: mixing_service
  abuse: sanction
  lastmod: 2023-01-02
- address: 0xbe0eb53f46cd790cd13851d5eff43d12404d33e8
  currency: ETH
`,
  );
  const { labels, report } = await read(path);
  expect(labels).toMatchObject([
    {
      address: SATOSHI,
      actor: "acme",
      kind: "exchange",
      label: "reserves",
      category: "exchange",
      edited: "2022-11-16",
      source: "https://example.org/",
      confidence: "service_data",
      abuse: null,
      file: "pack.yaml",
    },
    { address: SEGWIT, actor: "acme", kind: "sanctioned", label: "cold", abuse: "sanction", edited: "2023-01-02" },
  ]);
  expect([...report.otherCurrencies]).toEqual([["ETH", 1]]);
});

test("a tag keeps the spaces around it, in lists of pools and in tables", async () => {
  const json = { coinbase_tags: { "EMC ": { name: "EclipseMC", link: "" } }, payout_addresses: {} };
  const { labels } = await read(write("spaces.json", JSON.stringify(json)));
  expect(labels).toMatchObject([{ tag: "EMC " }]);
  const table = await read(write("spaces.csv", 'tag,actor,kind\n"EMC ",EclipseMC,pool\n'));
  expect(table.labels).toMatchObject([{ tag: "EMC " }]);
});

describe("lists of pools", () => {
  test("by tag and address", async () => {
    const json = {
      coinbase_tags: { "/Acme/": { name: "Acme", link: "https://acme.example" } },
      payout_addresses: { [SATOSHI]: { name: "Acme", link: "" } },
    };
    const { labels } = await read(write("pools.json", JSON.stringify(json, undefined, 2)));
    expect(labels).toMatchObject([
      { tag: "/Acme/", script: null, actor: "Acme", kind: "pool", source: "https://acme.example" },
      { tag: null, address: SATOSHI, actor: "Acme", kind: "pool", source: null },
    ]);
  });

  test("by pool, with signs from everywhere", async () => {
    const json = [{ id: 1, name: "Fish", addresses: [SEGWIT], tags: ["七彩", "\u{1F41F}"], link: "https://f.example" }];
    const { labels } = await read(write("pool-list.json", JSON.stringify(json)));
    expect(labels.map(({ tag, address }) => tag ?? address)).toEqual(["七彩", "\u{1F41F}", SEGWIT]);
  });
});

test("a table: columns by name in any order, quotes, a byte order mark, scripts without an address", async () => {
  const { labels } = await read(
    write(
      "table.csv",
      `\uFEFFKind,Entity,Name,Address,Script,Date,Confidence
cex,acme,"cold, old",${SATOSHI},,2020-02-29,ownership
government,state,,,51,,
`,
    ),
  );
  expect(labels).toMatchObject([
    { actor: "acme", kind: "exchange", label: "cold, old", edited: "2020-02-29", confidence: "ownership" },
    { actor: "state", kind: "government", address: null, script: Uint8Array.of(0x51), edited: null },
  ]);
});

test("a table says when a label was edited, and apart from that when it is true", async () => {
  const table = `address,actor,kind,lastmod,valid_from,valid_until
${SATOSHI},a,exchange,2024-05-06,2011-01-02,2014-02-28T23:59:59Z
${SATOSHI},b,exchange,,,
`;
  const { labels } = await read(write("dated.csv", table));
  expect(labels).toMatchObject([
    { actor: "a", edited: "2024-05-06", validFrom: "2011-01-02", validUntil: "2014-02-28" },
    { actor: "b", edited: null, validFrom: null, validUntil: null },
  ]);
});

test("a bare list needs to be told whose it is", async () => {
  const path = write("list.txt", `# ours\n${SATOSHI}\n\n${SEGWIT}\n`);
  await expect(read(path)).rejects.toMatchObject({
    code: "LABELS_FILE_FORMAT",
    message: expect.stringMatching(/--actor/),
  });
  const { labels } = await read(path, { actor: "acme", kind: "custodian" });
  expect(labels.map(({ address, actor, kind }) => [address, actor, kind])).toEqual([
    [SATOSHI, "acme", "custodian"],
    [SEGWIT, "acme", "custodian"],
  ]);
});

const LINES = `address,actor,kind,date,valid_from,valid_until
${SATOSHI},a,exchange,2020-01-01,,
1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb,a,exchange,,,
TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq,a,exchange,,,
mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn,a,exchange,,,
${SATOSHI},,exchange,,,
${SATOSHI},a,banana,,,
${SATOSHI},a,exchange,2020-02-30,,
,a,exchange,,,
${SATOSHI},a,exchange,,2015-01-01,2014-12-31
${SATOSHI},a,exchange,,soon,
`;

describe("refused lines", () => {
  const path = write("bad.csv", LINES);

  test("are all named, with file and line, and make the whole reading fail", async () => {
    const error: unknown = await read(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "LABELS_REFUSED", details: { refused: 9 } });
    const places = String(error).match(/bad\.csv:\d+: .*/g);
    expect(places).toEqual([
      "bad.csv:3: 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb: its checksum is wrong",
      "bad.csv:4: TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq: this is not a Bitcoin address but one of TRON",
      "bad.csv:5: mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn: this is an address of testnet3, testnet4, signet or regtest, not of mainnet",
      "bad.csv:6: it names nobody: neither actor nor label (--actor names one for all)",
      'bad.csv:7: "banana" is no kind that is known here',
      'bad.csv:8: the date of its last edit is "2020-02-30", expected YYYY-MM-DD',
      "bad.csv:9: it names neither address nor script",
      "bad.csv:10: valid_from 2015-01-01 is after valid_until 2014-12-31",
      'bad.csv:11: valid_from is "soon", expected YYYY-MM-DD',
    ]);
  });

  test("can be left out, and are reported", async () => {
    const { labels, report } = await read(path, { skipRefused: true });
    expect(labels).toHaveLength(1);
    expect(report.refused.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

const UNREADABLE: readonly [string, string, RegExp][] = [
  ["broken.yaml", "tags:\n- address: [1\n  label: x\n", /broken\.yaml:\d+: /],
  ["notags.yaml", "title: x\n", /notags\.yaml:1: it is no TagPack/],
  ["texts.yaml", "tags:\n- only text\n", /texts\.yaml:2: a tag is not a list of fields/],
  ["empty.yaml", "", /empty\.yaml: it is empty/],
  ["alias.yaml", "a: &x 1\ntags: *x\n", /alias\.yaml:2: it has an alias/],
  ["prices.csv", "date,close\n2020-01-01,1\n", /prices\.csv:1: it has no column "address".*date, close/],
  ["ragged.csv", "address,actor\na,b\nc\n", /ragged\.csv:3: /],
  ["empty.csv", "", /empty\.csv: it is empty/],
  ["broken.json", "[{", /broken\.json:1: /],
  ["other.json", '{"a": 1}', /other\.json: it is no list of mining pools/],
  ["actors.json", '[\n{"id": "a"}]', /actors\.json:2: it is no list of mining pools/],
];

test.each(UNREADABLE)("%s is refused as a whole", async (name, text, message) => {
  await expect(read(write(name, text), { skipRefused: true })).rejects.toMatchObject({
    code: "LABELS_FILE_FORMAT",
    message: expect.stringMatching(message),
  });
});

test("a file that is not there, and two of one name", async () => {
  for (const name of ["none.csv", "none.yaml", "none.txt"]) {
    await expect(read(`/no/such/${name}`)).rejects.toMatchObject({ code: "LABELS_FILE_UNREADABLE" });
  }
  await expect(read(["/a/x.csv", "/b/x.csv"])).rejects.toMatchObject({ code: "LABELS_SAME_NAME" });
});
