import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import type { ChainBlock } from "../chain-source.ts";
import { openCoreFiles } from "./core-files-source.ts";
import { CoreFilesWriter } from "./core-files-writer.ts";

async function readChain(path: string): Promise<ChainBlock[]> {
  const source = await openCoreFiles(path, { historyBlocks: 1_000, finality: 100 });
  const stop = new AbortController();
  const blocks: ChainBlock[] = [];
  if (source.kind !== "chain") throw new Error("a set, not a chain");
  const tip = await source.tipHeight();
  for await (const event of source.follow([], stop.signal)) {
    if (event.type === "connect") blocks.push(event.block);
    if (event.block.height === tip) stop.abort();
  }
  await source.close();
  return blocks;
}

function unmasked(folder: string, name: string): Buffer {
  const key = readFileSync(join(folder, "xor.dat"));
  return readFileSync(join(folder, name)).map((byte, at) => byte ^ (key[at % 8] ?? 0)) as Buffer;
}

/** Each with its header, and an undo with its checksum. */
function recordsOf(bytes: Buffer, trailer: number): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length && bytes.readUInt32LE(at) === NETWORKS.regtest.magic;) {
    const end = at + 8 + bytes.readUInt32LE(at + 4) + trailer;
    records.push(bytes.subarray(at, end));
    at = end;
  }
  return records;
}

const hex = (records: readonly Buffer[]) => records.map((record) => record.toString("hex"));

describeWithRealBlocks("files as a node writes them", ({ blocks }) => {
  const node = join(blocks, "..", "regtest-node", "datadir", "regtest");

  test("every record is one that Bitcoin Core itself wrote, in as many files as it takes", async () => {
    const chain = await readChain(node);
    const folder = mkdtempSync(join(tmpdir(), "utxoiq-writer-"));
    const key = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
    const target = { folder: join(folder, "blocks"), network: NETWORKS.regtest, key, maxFileBytes: 40_000 };
    const writer = new CoreFilesWriter(target);
    for (const block of chain) await writer.write({ ...block, spent: block.spent ?? { bytes: new Uint8Array(0) } });
    await writer.close();
    expect(chain).toHaveLength(323);
    for (const [kind, trailer, count] of [
      ["blk", 0, 323],
      ["rev", 32, 322],
    ] as const) {
      const theirs = new Set(hex(recordsOf(unmasked(join(node, "blocks"), `${kind}00000.dat`), trailer)));
      const files = readdirSync(target.folder).filter((name) => name.startsWith(kind));
      const ours = files.toSorted().flatMap((name) => hex(recordsOf(unmasked(target.folder, name), trailer)));
      expect(files.length).toBeGreaterThan(2);
      expect(ours).toHaveLength(count);
      expect(ours.filter((record) => !theirs.has(record))).toEqual([]);
    }
    expect((await readChain(folder)).map(({ hash }) => hash)).toEqual(chain.map(({ hash }) => hash));
    rmSync(folder, { recursive: true });
  });
});
