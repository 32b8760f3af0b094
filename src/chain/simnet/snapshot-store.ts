import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib";
import type { Intervention, World } from "./economy/index.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot-encoding.ts";

/** Whose snapshots: the name that their files begin with, and the chain with what was staged on it. */
export type SnapshotOwner = {
  readonly name: string;
  readonly chainId: string;
  readonly staged: { readonly all: readonly Intervention[] };
};

/**
 * The world at a few heights, in files: a cache that saves making all blocks anew at each start. What is missing,
 * damaged or of another chain is passed over. At most two are kept: the one just written and the highest other.
 */
export class SnapshotStore {
  readonly #directory: string;
  readonly #owner: SnapshotOwner;
  /** Two may be written at a time, by who follows and who asks for the tip: one after the other. */
  #lastSave: Promise<void> = Promise.resolve();

  constructor(directory: string, owner: SnapshotOwner) {
    this.#directory = directory;
    this.#owner = owner;
  }

  /** Where the files lie, and with which name they begin. */
  get place(): { readonly directory: string; readonly name: string } {
    return { directory: this.#directory, name: this.#owner.name };
  }

  /** The world of the highest usable snapshot that is not above `height`. */
  async findAtOrBelow(height: number): Promise<World | undefined> {
    const heights = (await this.#listHeights()).filter((candidate) => candidate <= height);
    for (const candidate of heights) {
      const world = await this.#read(candidate);
      if (world?.tip.height === candidate) return world;
    }
    return undefined;
  }

  /** Complete or not at all: written beside its place and moved there. */
  async save(world: World): Promise<void> {
    const { height } = world.tip;
    const bytes = encodeSnapshot(world, this.#owner.chainId, this.#owner.staged.all);
    const save = this.#lastSave.then(() => this.#write(height, bytes));
    this.#lastSave = save.catch(() => {
      // Told to who asked for that save; the next one tries for itself.
    });
    await save;
  }

  async #write(height: number, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(height);
    try {
      await mkdir(this.#directory, { recursive: true });
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
      await this.#removeOld(height);
    } catch (cause) {
      throw new AppError("CHAIN_SNAPSHOT_UNWRITABLE", `The simulation cannot keep its snapshot ${path}.`, {
        cause,
        retryable: true,
      });
    }
  }

  async #removeOld(justWritten: number): Promise<void> {
    const others = (await this.#listHeights()).filter((height) => height !== justWritten);
    for (const height of others.slice(1)) await rm(this.#pathOf(height), { force: true });
  }

  /** Highest first. */
  async #listHeights(): Promise<number[]> {
    const prefix = `${this.#owner.name}-`;
    const names = await this.#listNames();
    return names
      .filter((name) => name.startsWith(prefix))
      .flatMap((name) => /^(\d{1,9})\.snapshot$/.exec(name.slice(prefix.length))?.[1] ?? [])
      .map(Number)
      .toSorted((left, right) => right - left);
  }

  async #listNames(): Promise<string[]> {
    try {
      return await readdir(this.#directory);
    } catch {
      // Not there yet, or not to be read: then there is no snapshot to use, and saving one will say why.
      return [];
    }
  }

  async #read(height: number): Promise<World | undefined> {
    try {
      return decodeSnapshot(await readFile(this.#pathOf(height)), this.#owner.chainId, this.#owner.staged.all);
    } catch {
      // A cache that cannot be read is as good as none: the blocks are made anew.
      return undefined;
    }
  }

  #pathOf(height: number): string {
    return join(this.#directory, `${this.#owner.name}-${height}.snapshot`);
  }
}
