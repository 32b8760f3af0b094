import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BlockRef, ChainBlock } from "#chain";

type Happening =
  | { readonly type: "connect"; readonly block: ChainBlock }
  | { readonly type: "disconnect"; readonly block: BlockRef };

/** SHA-256 over all that a node sees: blocks, what they spend, the heights of those coins, and blocks undone. */
export class SimnetDigest {
  readonly #hash = createHash("sha256");

  add({ type, block }: Happening): void {
    this.#hash.update(`${type} ${block.height} ${block.hash}\n`);
    if (!("bytes" in block)) return;
    this.#hash.update(block.bytes);
    this.#hash.update(block.spent?.bytes ?? "");
    this.#hash.update((block.spent?.coinHeights ?? []).join(","));
  }

  /** Of what was added so far. */
  hex(): string {
    return this.#hash.copy().digest("hex");
  }
}

type Golden = {
  readonly seed: number;
  readonly density: "demo" | "realistic";
  /** The digest ends with the first happening after which the tip is at this height. */
  readonly blocks: number;
  readonly sha256: string;
};

const FILE = join(import.meta.dirname, "simnet-golden.json");

/** One of each density. */
export const GOLDENS = JSON.parse(readFileSync(FILE, "utf8")) as readonly Golden[];

/** Keeps the digests of the others. */
export function writeGolden(golden: Golden): void {
  const newest = JSON.parse(readFileSync(FILE, "utf8")) as readonly Golden[];
  const all = newest.map((other) => (other.density === golden.density ? golden : other));
  writeFileSync(FILE, `${JSON.stringify(all, undefined, 2)}\n`);
}
