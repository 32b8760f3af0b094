import { expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { keyOfActor, type Label, LabelCompiler, listBuiltinLabels, readLabelFiles } from "#labels";
import { sha256 } from "#lib";
import { countAddresses, describeWithRealLabels, readSummary } from "./helpers/real-labels.ts";

const PLACE = { network: NETWORKS.mainnet, sha256 };
const TRON = /ofac\.yaml:1069: TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq: this is not a Bitcoin address but one of TRON/;

async function read(paths: readonly string[]): Promise<{ labels: Label[]; refused: string[] }> {
  const files = readLabelFiles(paths, { ...PLACE, skipRefused: true, actor: "ofac", kind: "sanctioned" });
  const labels: Label[] = [];
  for await (const label of files.labels) labels.push(label);
  return { labels, refused: files.report.refused.map(({ file, line, reason }) => `${file}:${line}: ${reason}`) };
}

describeWithRealLabels("published label files", (real) => {
  test("the addresses of each entity and category of the TagPacks are those of the summary", async () => {
    const { labels, refused } = await read(real.tagPacks);
    expect(countAddresses(labels)).toEqual(readSummary(real));
    expect(refused).toEqual([expect.stringMatching(TRON)]);
  });

  test("the address of another chain refuses all files at once", async () => {
    const { labels } = readLabelFiles(real.tagPacks, PLACE);
    const readToTheEnd = async (): Promise<void> => {
      for await (const label of labels) expect(label.tag).toBeNull();
    };
    await expect(readToTheEnd()).rejects.toMatchObject({
      code: "LABELS_REFUSED",
      message: expect.stringMatching(TRON),
    });
  });

  test.each<[string, number, number]>([
    ["pools.json", 371, 0],
    ["pool-list.json", 371, 0],
    ["extra/pools-v2.json", 411, 7],
    ["extra/defillama_btc_addresses.csv", 1_959, 0],
    ["extra/large_pack_matches.csv", 428, 0],
    ["extra/ofac_sanctioned_addresses_XBT.txt", 434, 1],
  ])("%s has %i labels, and %i lines of other chains", async (name, count, others) => {
    const { labels, refused } = await read([real.path(name)]);
    expect(labels).toHaveLength(count);
    expect(refused).toHaveLength(others);
  });

  test.each(["actors.json", "summary.csv"])("%s holds no labels and is refused as a whole", async (name) => {
    await expect(read([real.path(name)])).rejects.toMatchObject({ code: "LABELS_FILE_FORMAT" });
  });

  test("a published address is found by its script, and the pools of mining-pools are found by tag", async () => {
    const compiler = new LabelCompiler();
    const { labels } = await read([...real.tagPacks, real.path("pools.json")]);
    for (const label of labels) compiler.add(label);
    const compiled = compiler.finish(1);
    const scripts = labels.flatMap(({ script }) => (script === null ? [] : [script]));
    expect(scripts.filter((script) => compiled.entityOf(script, 0, script.length) < 0)).toEqual([]);
    // Of an actor that files spell in several ways, with the word "pool" and without, one spelling is told.
    const keyOf = (actor: string): string => keyOfActor(actor).replace(/pool$/, "");
    const tags = labels.flatMap(({ tag, actor }) => (tag === null ? [] : [{ tag, actor: keyOf(actor) }]));
    const found = tags.map(({ tag }) => ({ tag, actor: keyOf(compiled.poolByCoinbaseText(`-${tag}-`) ?? "") }));
    expect(found).toEqual(tags);
  });

  test("what is built in contradicts nothing that is published about pools and exchanges", async () => {
    const { labels } = await read([...real.tagPacks, real.path("pools.json"), real.path("extra/pools-v2.json")]);
    const nameOf = ({ script, tag }: Label): string => tag ?? Buffer.from(script ?? []).toString("hex");
    const known = labels.filter(({ file, kind }) => (kind === "pool" ? file.startsWith("pools") : kind === "exchange"));
    const published = Map.groupBy(known, (label) => `${label.kind} ${nameOf(label)}`);
    const builtin = listBuiltinLabels(NETWORKS.mainnet, sha256);
    const others = builtin.filter((label) => {
      const claims = published.get(`${label.kind} ${nameOf(label)}`);
      return claims !== undefined && !claims.some(({ actor }) => actor === label.actor);
    });
    expect(others).toEqual([]);
    for (const label of builtin.filter(({ kind }) => kind === "exchange")) {
      expect(published.get(`exchange ${nameOf(label)}`)?.map(({ source }) => source)).toContain(label.source);
    }
  });
});
