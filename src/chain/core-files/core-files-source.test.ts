import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert as check, asyncProperty, integer, shuffledSubarray } from "fast-check";
import { expect, test } from "vitest";
import { HEADER_SIZE, NETWORKS, parseHeader } from "#bitcoin";
import { sha256 } from "#lib";
import { encodeUndo } from "../../../test/fixtures/undo-encoding.ts";
import { describeWithRealBlocks } from "../../../test/helpers/real-blocks.ts";
import type { ChainBlock, ChainEvent, ChainLink, ChainSource, FollowableSource } from "../chain-source.ts";
import { findNetworkOfFiles, openCoreFiles } from "./core-files-source.ts";

const ALL = { historyBlocks: Number.MAX_SAFE_INTEGER, finality: 100 };

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "utxoiq-core-files-"));
}

function asChain(source: ChainSource): FollowableSource {
  if (source.kind !== "chain") throw new Error(`a ${source.kind}, not a chain`);
  return source;
}

/** What happens up to the block that is the tip when it is reached. */
async function followToTip(source: FollowableSource, held: readonly ChainLink[] = []): Promise<ChainEvent[]> {
  const tip = await source.tipHeight();
  const stop = new AbortController();
  const events: ChainEvent[] = [];
  for await (const event of source.follow(held, stop.signal)) {
    events.push(event);
    if (event.type === "connect" && event.block.height === tip) stop.abort();
  }
  return events;
}

function connected(events: readonly ChainEvent[]): ChainBlock[] {
  return events.flatMap((event) => (event.type === "connect" ? [event.block] : []));
}

async function readChain(path: string): Promise<ChainBlock[]> {
  const source = asChain(await openCoreFiles(path, ALL));
  try {
    return connected(await followToTip(source));
  } finally {
    await source.close();
  }
}

function linkOf({ height, hash, bytes }: ChainBlock): ChainLink {
  return { height, hash, bits: parseHeader(bytes.subarray(0, HEADER_SIZE)).bits };
}

function blkRecord(bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(NETWORKS.regtest.magic, 0);
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

function revRecord({ bytes, spent }: ChainBlock): Buffer {
  const undo = encodeUndo(spent ?? { bytes: Uint8Array.of(1, 0) });
  const checksum = sha256(createHash("sha256").update(bytes.subarray(4, 36)).update(undo).digest());
  return Buffer.concat([blkRecord(undo), checksum]);
}

type Written = { readonly blk: readonly ChainBlock[]; readonly rev: readonly ChainBlock[] };

/** Files without a key: each has its blocks and its undos in an order of their own. Block 0 has no undo. */
function writeFolder(files: readonly Written[]): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, "blocks"));
  for (const [number, { blk, rev }] of files.entries()) {
    const name = String(number).padStart(5, "0");
    writeFileSync(join(folder, "blocks", `blk${name}.dat`), Buffer.concat(blk.map(({ bytes }) => blkRecord(bytes))));
    const undos = rev.filter(({ height }) => height > 0).map((block) => revRecord(block));
    writeFileSync(join(folder, "blocks", `rev${name}.dat`), Buffer.concat(undos));
  }
  return folder;
}

const expectError = async (path: string, code: string, message: RegExp | string): Promise<void> => {
  const opening = openCoreFiles(path, ALL);
  await expect(opening).rejects.toThrow(message);
  await expect(opening).rejects.toMatchObject({ code });
};

test("a folder that holds no block files is named", async () => {
  const path = emptyFolder();
  await expectError(path, "CHAIN_FILES_NOT_FOUND", `${path} holds no blocks/blk*.dat files: expected`);
  await expectError(join(path, "none"), "CHAIN_FILES_NOT_FOUND", "none does not exist");
  mkdirSync(join(path, "signet", "blocks"), { recursive: true });
  writeFileSync(join(path, "signet", "blocks", "blk00000.dat"), "");
  await expectError(path, "CHAIN_FILES_NOT_FOUND", `did you mean ${join(path, "signet")}?`);
  const above = emptyFolder();
  cpSync(path, join(above, "datadir"), { recursive: true });
  await expectError(above, "CHAIN_FILES_NOT_FOUND", `did you mean ${join(above, "datadir", "signet")}?`);
  await expectError(
    join(path, "signet"),
    "CHAIN_FILES_DAMAGED",
    "does not begin with a record of any network, at byte 0",
  );
});

describeWithRealBlocks("real block files", ({ blocks }) => {
  const folderOf = (...parts: string[]): string => join(blocks, "..", ...parts);
  const regtest = folderOf("regtest-node", "datadir", "regtest");
  const full = readChain(regtest);

  test.each(["plain", "xor"])("coredir/%s, which do not connect, are a set of blocks", async (variant) => {
    const source = await openCoreFiles(folderOf("coredir", variant), ALL);
    if (source.kind !== "set") throw new Error("not a set");
    expect(source.network.name).toBe("mainnet");
    expect(source.description).toContain(
      "15 blocks that do not connect, 9 left out because nothing tells their height",
    );
    expect(source.description.endsWith("xor key")).toBe(variant === "xor");
    const heights: number[] = [];
    for await (const { height, bytes, spent } of source.blocks(AbortSignal.timeout(30_000))) {
      heights.push(height);
      expect(readFileSync(join(blocks, `${height}.block`)).equals(bytes), `block ${height}`).toBe(true);
      expect(readFileSync(join(blocks, `${height}.spent`)).equals(spent?.bytes ?? new Uint8Array(0))).toBe(true);
      expect(spent?.coinHeights).toBeDefined();
    }
    expect(heights).toEqual(heights.toSorted((left, right) => left - right));
    expect(heights.length).toBe(source.size);
    await source.close();
  });

  test("the first 600 blocks of the main chain come in order, the newest alone where less is asked for", async () => {
    const path = folderOf("coredir", "genesis-0-599");
    const expected = JSON.parse(readFileSync(join(path, "expected.json"), "utf8")) as {
      height: number;
      hash: string;
      time: number;
    }[];
    const source = asChain(await openCoreFiles(path, { ...ALL, historyBlocks: 100 }));
    expect(source.description).toMatch(/mainnet, blocks 0 to 599$/);
    expect(source.firstHeight).toBe(500);
    const times = await source.headerTimes?.({ first: 0, last: 700 }, new AbortController().signal);
    expect([...(times ?? [])]).toEqual(expected.map(({ time }) => time));
    expect(connected(await followToTip(source)).map(({ height }) => height)).toEqual(
      Array.from({ length: 100 }, (_, index) => 500 + index),
    );
    await source.close();
    const read = await readChain(path);
    expect(read.map(({ height, hash }) => ({ height, hash }))).toEqual(
      expected.map(({ height, hash }) => ({ height, hash })),
    );
    expect(await findNetworkOfFiles(join(path, "blocks"))).toBe(NETWORKS.mainnet);
  });

  test("a node's own files give its active chain, with its coin heights, and leave out the stale branch", async () => {
    const source = asChain(await openCoreFiles(regtest, ALL));
    expect(source.description).toMatch(/regtest, blocks 0 to 322, 3 stale, xor key$/);
    await source.close();
    const read = await full;
    expect(read.length).toBe(323);
    for (const { height, bytes } of read.slice(1)) {
      expect(readFileSync(folderOf("regtest-node", "blocks", `${height}.block`)).equals(bytes), `block ${height}`).toBe(
        true,
      );
    }
    for (const height of [25, 150, 200, 250, 300, 320, 321, 322]) {
      expect([...(read[height]?.spent?.coinHeights ?? [])], `coins of block ${height}`).toEqual(coinHeightsOf(height));
    }
  });

  function coinHeightsOf(height: number): number[] {
    type Verbose = { tx: { vin: { prevout?: { height: number } }[] }[] };
    const reply = JSON.parse(readFileSync(folderOf("regtest-node", "rpc", `getblock-3-${height}.json`), "utf8")) as
      | Verbose
      | { result: Verbose };
    const { tx } = "result" in reply ? reply.result : reply;
    return tx.slice(1).flatMap(({ vin }) => vin.map(({ prevout }) => prevout?.height ?? -1));
  }

  test("records in any order and in any files are the same chain", async () => {
    const some = (await full).slice(0, 130);
    const cuts = array(integer({ min: 1, max: some.length - 1 }), { maxLength: 3 });
    const order = shuffledSubarray(some, { minLength: some.length });
    await check(
      asyncProperty(cuts, order, order, async (places, blkOrder, revOrder) => {
        const borders = [0, ...new Set(places.toSorted((left, right) => left - right)), some.length];
        const files = borders.slice(1).map((end, index) => {
          const inFile = ({ height }: ChainBlock): boolean => height >= (borders[index] ?? 0) && height < end;
          return { blk: blkOrder.filter(inFile), rev: revOrder.filter(inFile) };
        });
        const path = writeFolder(files);
        const read = await readChain(path);
        expect(read.map(({ hash }) => hash)).toEqual(some.map(({ hash }) => hash));
        expect(read.map(({ spent }) => spent)).toEqual(some.map(({ spent }) => spent));
        rmSync(path, { recursive: true });
      }),
      { numRuns: 12 },
    );
  });

  test("a file that is cut anywhere, or padded with zeros, holds the blocks before", async () => {
    const some = (await full).slice(0, 14);
    const whole = writeFolder([{ blk: some, rev: some }]);
    for (const kind of ["blk", "rev"]) {
      const name = join("blocks", `${kind}00000.dat`);
      const bytes = readFileSync(join(whole, name));
      let tip = 0;
      // From the first whole record on; without one there is no chain.
      for (const length of lengthsUpTo(bytes.length, kind === "blk" ? 293 : 41)) {
        const path = emptyFolder();
        cpSync(whole, path, { recursive: true });
        truncateSync(join(path, name), length);
        const read = await readChain(path);
        appendFileSync(join(path, name), Buffer.alloc(5_000));
        expect((await readChain(path)).length).toBeGreaterThanOrEqual(read.length);
        expect(read.length - 1).toBeGreaterThanOrEqual(tip);
        tip = read.length - 1;
        expect(read.map(({ hash }) => hash)).toEqual(some.slice(0, tip + 1).map(({ hash }) => hash));
        rmSync(path, { recursive: true });
      }
      expect(tip).toBe(13);
    }
  });

  function lengthsUpTo(last: number, first: number): number[] {
    return [...Array.from({ length: Math.ceil((last - first) / 61) }, (_, index) => first + index * 61), last];
  }

  test("what is appended while following arrives, and a heavier branch undoes the lighter one", async () => {
    const path = emptyFolder();
    cpSync(regtest, path, { recursive: true });
    const [blk, rev] = ["blk", "rev"].map((kind) => join(path, "blocks", `${kind}00000.dat`));
    const [blkBytes, revBytes] = [readFileSync(blk ?? ""), readFileSync(rev ?? "")];
    const withoutWinners = revBytes.subarray(0, recordEnds(revBytes, 32).at(-5));
    const steps = [
      // The blocks alone: without their undos they are not part of the chain yet.
      () => {
        writeFileSync(rev ?? "", withoutWinners);
        writeFileSync(blk ?? "", blkBytes);
      },
      () => writeFileSync(rev ?? "", revBytes),
    ];
    const stale = (
      JSON.parse(readFileSync(folderOf("regtest-node", "reorg.json"), "utf8")) as {
        stale: { height: number; hash: string }[];
      }
    ).stale;
    truncateSync(blk ?? "", recordEnds(blkBytes, 0).at(-5));
    const stop = new AbortController();
    const source = asChain(
      await openCoreFiles(path, {
        ...ALL,
        sleep: async () => {
          const step = steps.shift();
          if (step === undefined) stop.abort();
          step?.();
        },
      }),
    );
    expect(await source.tipHeight()).toBe(321);
    const held = (await full).slice(300, 319).map((block) => linkOf(block));
    const events: string[] = [];
    for await (const { type, block } of source.follow(held, stop.signal)) {
      events.push(`${type} ${block.height} ${block.hash}`);
    }
    expect(events).toEqual([
      ...stale.map(({ height, hash }) => `connect ${height} ${hash}`),
      ...stale.toReversed().map(({ height, hash }) => `disconnect ${height} ${hash}`),
      ...(await full).slice(319).map(({ height, hash }) => `connect ${height} ${hash}`),
    ]);
    expect(source.health()).toEqual({ state: "healthy", reason: null });
    await source.close();
  });

  /** Where the records of a file end. */
  function recordEnds(masked: Buffer, trailer: number): number[] {
    const key = readFileSync(join(regtest, "blocks", "xor.dat"));
    const plain = Buffer.from(masked.map((byte, index) => byte ^ (key[index % 8] ?? 0)));
    const ends: number[] = [];
    for (let at = 0; plain.readUInt32LE(at) === NETWORKS.regtest.magic; ends.push(at)) {
      at += 8 + plain.readUInt32LE(at + 4) + trailer;
    }
    return ends;
  }

  test("a pruned folder begins with its first file; what is below is refused by name", async () => {
    const some = (await full).slice(0, 200);
    const [low, middle, high] = [some.slice(0, 60), some.slice(60, 120), some.slice(120)];
    const path = writeFolder([low, middle, high].map((part) => ({ blk: part, rev: part })));
    const remove = (file: number): void => {
      for (const kind of ["blk", "rev"]) rmSync(join(path, "blocks", `${kind}0000${file}.dat`));
    };
    remove(0);
    const source = asChain(await openCoreFiles(path, ALL));
    expect(source.description).toMatch(/blocks 60 to 199, pruned below 60$/);
    expect(connected(await followToTip(source)).map(({ hash }) => hash)).toEqual(
      some.slice(60).map(({ hash }) => hash),
    );
    const heldTo = (height: number): ChainLink[] => some.slice(height - 5, height + 1).map((block) => linkOf(block));
    expect((await followToTip(source, heldTo(59)))[0]).toMatchObject({ type: "connect", block: { height: 60 } });
    await expect(followToTip(source, heldTo(50))).rejects.toMatchObject({ code: "CHAIN_PRUNED", retryable: false });
    remove(1);
    await expect(followToTip(source, heldTo(59))).rejects.toThrow("pruned below height 120");
    expect((await followToTip(source, heldTo(130)))[0]).toMatchObject({ block: { height: 131 } });
    // What was never there is not known; what was deleted since is.
    const times = [...((await source.headerTimes?.({ first: 58, last: 199 }, new AbortController().signal)) ?? [])];
    expect(times.slice(0, 2)).toEqual([0, 0]);
    expect(times.slice(2)).toEqual(some.slice(60).map(({ bytes }) => parseHeader(bytes.subarray(0, HEADER_SIZE)).time));
    await source.close();
  });

  test("a damaged undo ends the chain at the tip and is an error below", async () => {
    const some = (await full).slice(0, 130);
    const damage = async (height: number): Promise<ChainBlock[]> => {
      const path = writeFolder([{ blk: some, rev: some }]);
      const file = join(path, "blocks", "rev00000.dat");
      const bytes = readFileSync(file);
      const end = some.slice(1, height + 1).reduce((sum, block) => sum + revRecord(block).length, 0);
      bytes[end - 1] = (bytes[end - 1] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      return readChain(path);
    };
    expect((await damage(129)).length).toBe(129);
    await expect(damage(77)).rejects.toThrow(/rev00000\.dat lacks the undo record of block 77/);
  });

  test("a block near the tip whose transactions were altered is refused, the tip itself not taken yet", async () => {
    const some = (await full).slice(0, 130);
    const alter = (height: number): Promise<ChainBlock[]> => {
      const path = writeFolder([{ blk: some, rev: some }]);
      const file = join(path, "blocks", "blk00000.dat");
      const bytes = readFileSync(file);
      const start = some.slice(0, height).reduce((sum, block) => sum + blkRecord(block.bytes).length, 0);
      // The version of its coinbase: whatever it is, the block can be read.
      const at = start + 8 + HEADER_SIZE + 1;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      return readChain(path);
    };
    await expect(alter(125)).rejects.toThrow(
      /blk00000\.dat, block at byte \d+: header \/ merkle root: is not the merkle root of the transactions, at byte 36/,
    );
    expect((await alter(129)).length).toBe(129);
  });

  test.each([
    ["nothing", 20, 40, (rev: string) => truncateSync(rev, 0)],
    ["no file", 0, 40, (rev: string) => rmSync(rev)],
    ["half a record", 0, 40, (rev: string) => writeFileSync(rev, blkRecord(Uint8Array.of(0)))],
    ["undos of other blocks", 0, 40, () => {}],
  ])("without undos there is no chain: %s", async (_, first, end, spoil) => {
    const all = await full;
    const path = writeFolder([{ blk: all.slice(first, end), rev: all.slice(50, 60) }]);
    spoil(join(path, "blocks", "rev00000.dat"));
    await expectError(path, "CHAIN_UNDO_MISSING", "has no undo record of any block");
  });

  test("block 0 alone is the chain of a new node; many blocks without undos are told of", async () => {
    const some = (await full).slice(0, 40);
    const alone = asChain(await openCoreFiles(writeFolder([{ blk: some.slice(0, 1), rev: [] }]), ALL));
    expect(alone.health()).toEqual({ state: "healthy", reason: null });
    await alone.close();
    const source = asChain(await openCoreFiles(writeFolder([{ blk: some, rev: some.slice(0, 20) }]), ALL));
    expect(await source.tipHeight()).toBe(19);
    expect(source.health()).toMatchObject({
      state: "degraded",
      reason: expect.stringMatching(/^20 blocks beyond block 19 have no undo record: .*rev\*\.dat/),
    });
    await source.close();
  });

  test.each([
    [
      "another network",
      Buffer.from("f9beb4d9", "hex"),
      "CHAIN_FILES_NETWORK",
      /blk00000\.dat holds regtest and, at byte \d+, mainnet/,
    ],
    ["garbage", Buffer.from("no record"), "CHAIN_FILES_DAMAGED", /blk00000\.dat: no record begins here, at byte \d+/],
    [
      "a size that no block has",
      blkRecord(new Uint8Array(5)),
      "CHAIN_FILES_DAMAGED",
      /a record of 5 bytes, at byte \d+/,
    ],
    [
      "a header without work",
      blkRecord(new Uint8Array(90).fill(255)),
      "CHAIN_FILES_DAMAGED",
      /a header without proof of work, at byte \d+/,
    ],
  ])("%s inside a file is an error with file and offset", async (_, inserted, code, message) => {
    const some = (await full).slice(0, 10);
    const path = writeFolder([{ blk: some, rev: some }]);
    const file = join(path, "blocks", "blk00000.dat");
    appendFileSync(file, Buffer.concat([inserted, ...(await full).slice(10, 12).map(({ bytes }) => blkRecord(bytes))]));
    await expectError(path, code, message);
  });
});
