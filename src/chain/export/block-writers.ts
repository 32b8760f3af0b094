import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BlockHash, bytesFromDisplayHex, NETWORKS, type SpentOutputs } from "#bitcoin";
import type { ChainBlock } from "../chain-source.ts";
import { CoreFilesWriter } from "../core-files/index.ts";
import type { SettledBlock } from "./settled-blocks.ts";

type BlockWriter = { write(settled: SettledBlock): Promise<void>; close(): Promise<void> };

/** `<height>.block` and `<height>.spent` of the chain that won. */
export class DirectoryWriter implements BlockWriter {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write({ block, stale }: SettledBlock): Promise<void> {
    if (stale) return;
    await writeFile(join(this.#folder, `${block.height}.block`), block.bytes);
    await writeFile(join(this.#folder, `${block.height}.spent`), spentOf(block).bytes);
  }

  async close(): Promise<void> {}
}

/** A node's data directory, with the blocks that lost. */
export class NodeWriter implements BlockWriter {
  readonly #folder: string;
  readonly #xorKey: boolean;
  #files: CoreFilesWriter | undefined;

  constructor(folder: string, xorKey: boolean) {
    this.#folder = join(folder, "blocks");
    this.#xorKey = xorKey;
  }

  async write({ block }: SettledBlock): Promise<void> {
    const key = this.#xorKey ? keyOf(block.hash) : new Uint8Array(8);
    this.#files ??= new CoreFilesWriter({ folder: this.#folder, network: NETWORKS.simnet, key });
    await this.#files.write({ ...block, spent: spentOf(block) });
  }

  async close(): Promise<void> {
    await this.#files?.close();
  }
}

/** A node draws one; here the same chain gives the same files. */
function keyOf(genesis: BlockHash): Uint8Array {
  return bytesFromDisplayHex(genesis).slice(0, 8);
}

function spentOf({ spent, height }: ChainBlock): SpentOutputs {
  if (spent === undefined) throw new RangeError(`simulated block ${height} has what it spends`);
  return spent;
}
