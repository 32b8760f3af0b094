import { closeSync, openSync, writeSync } from "node:fs";
import { type BlockHash, ByteWriter, NETWORKS, scanBlock } from "#bitcoin";
import { writeSnapshotHeader, writeUnspentOutput } from "../test/fixtures/snapshot-encoding.ts";
import type { RealBlockFile } from "./real-block-files.ts";

/** What has to be found in the file. */
export type SnapshotTruth = {
  readonly coins: number;
  readonly total: number;
  /** Satoshis of P2SH scripts. */
  readonly scriptHashSats: number;
  /** Satoshis by script, of those that hold 1,000 BTC and more. */
  readonly large: Readonly<Record<string, number>>;
  readonly fileBytes: number;
};

const LARGE_SATS = 100_000_000_000;

/** In repetitions a coin keeps at most 0.01 BTC, so that all of them stay below 21 million BTC. */
const SMALL_SATS = 1_000_000;

const BATCH = 8_000_000;

type RealCoin = { readonly height: number; readonly value: number; readonly script: Uint8Array };

/** A coin as it stands in the file, behind its index. */
type EncodedCoin = { readonly bytes: Uint8Array; readonly value: number; readonly isScriptHash: boolean };

function readCoins({ block, spent, height }: RealBlockFile): RealCoin[] {
  const coins: RealCoin[] = [];
  scanBlock(
    block,
    { bytes: spent },
    {
      spent: ({ value, scriptStart, scriptEnd }) => {
        // When the coins were made is not told by these files.
        coins.push({ height: Math.floor(height / 2), value, script: spent.slice(scriptStart, scriptEnd) });
      },
    },
  );
  return coins;
}

function encode(coin: RealCoin): EncodedCoin {
  const writer = new ByteWriter();
  writeUnspentOutput(writer, { ...coin, coinbase: false });
  return { bytes: writer.toBytes(), value: coin.value, isScriptHash: coin.script[0] === 0xa9 };
}

/** Its last bytes can be others: neither too short nor a public key, which most other bytes are not. */
function canBeVaried({ script }: RealCoin): boolean {
  return script.length > 12 && script.length !== 67;
}

function sumsByScript(coins: readonly RealCoin[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { script, value } of coins) {
    const key = Buffer.from(script).toString("hex");
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return sums;
}

/** Real spent outputs as if they were unspent, over and over with other scripts, two to a transaction. */
export function writeSnapshotFile(blocks: readonly RealBlockFile[], path: string, atLeast: number): SnapshotTruth {
  const real = blocks.flatMap(readCoins);
  const small = real.filter(canBeVaried).map((coin) => ({ ...coin, value: coin.value % SMALL_SATS }));
  const large = [...sumsByScript(real)].filter(([, sats]) => sats >= LARGE_SATS);
  if ([...sumsByScript(small).values()].some((sats) => sats >= LARGE_SATS))
    throw new Error("a repeated script is large");
  const [first, again] = [real.map(encode), small.map(encode)];
  const bytesAgain = again.reduce((sum, { bytes }) => sum + bytes.length + 17.5, 0);
  const repetitions = Math.ceil(atLeast / bytesAgain);
  const coins = first.length + repetitions * again.length;
  const file = new FileWriter(path);
  const header = new ByteWriter();
  writeSnapshotHeader(header, { network: NETWORKS.mainnet, baseHash: "5a".repeat(32) as BlockHash, coins });
  file.bytes(header.toBytes());
  for (let index = 0; index <= repetitions; index += 1) {
    for (const coin of index === 0 ? first : again) file.coin(coin, index, coins);
  }
  const sum = (list: readonly EncodedCoin[]): number => list.reduce((total, { value }) => total + value, 0);
  const sumOfAll = (keep: (coin: EncodedCoin) => boolean): number =>
    sum(first.filter(keep)) + repetitions * sum(again.filter(keep));
  return {
    coins,
    total: sumOfAll(() => true),
    scriptHashSats: sumOfAll(({ isScriptHash }) => isScriptHash),
    large: Object.fromEntries(large),
    fileBytes: file.close(),
  };
}

class FileWriter {
  readonly #file: number;
  readonly #batch = Buffer.alloc(BATCH + 100_000);
  #length = 0;
  #written = 0;
  #coins = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  bytes(bytes: Uint8Array): void {
    this.#batch.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** `variant`: what the last bytes of the script are changed by; 0 leaves them. */
  coin({ bytes }: EncodedCoin, variant: number, coins: number): void {
    if (this.#coins % 2 === 0) this.#transaction(Math.min(2, coins - this.#coins));
    const batch = this.#batch;
    batch[this.#length] = this.#coins % 2;
    this.#length += 1;
    this.bytes(bytes);
    const last = this.#length - 5;
    batch.writeUInt32LE((batch.readUInt32LE(last) ^ Math.imul(variant, 0x9e3779b1)) >>> 0, last);
    this.#coins += 1;
    if (this.#length >= BATCH) this.#flush();
  }

  /** Ids ascend, as in a node's file, and are otherwise random enough. */
  #transaction(coins: number): void {
    const batch = this.#batch;
    const at = this.#length;
    batch.writeUInt32BE(this.#coins * 40, at);
    for (let offset = 4; offset < 32; offset += 4) {
      batch.writeUInt32LE(Math.imul(this.#coins + offset, 0x85ebca6b) >>> 0, at + offset);
    }
    batch[at + 32] = coins;
    this.#length += 33;
  }

  #flush(): void {
    writeSync(this.#file, this.#batch, 0, this.#length);
    this.#written += this.#length;
    this.#length = 0;
  }

  /** Returns the size of the file. */
  close(): number {
    this.#flush();
    closeSync(this.#file);
    return this.#written;
  }
}
