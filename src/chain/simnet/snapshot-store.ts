import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib";
import type { Economy } from "./economy/index.ts";
import { decodeSnapshot, encodeSnapshot, type SnapshotOwner } from "./snapshot-encoding.ts";

/**
 * The economy at a few heights, in files: a cache that saves making all blocks anew at each start. What is missing,
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

  /** The economy of the highest usable snapshot that is not above `height`. */
  async findAtOrBelow(height: number): Promise<Economy | undefined> {
    const heights = (await this.#listHeights()).filter((candidate) => candidate <= height);
    for (const candidate of heights) {
      const economy = await this.#read(candidate);
      if (economy?.height === candidate) return economy;
    }
    return undefined;
  }

  /** Complete or not at all: written beside its place and moved there. */
  async save(economy: Economy): Promise<void> {
    const { height } = economy;
    const text = encodeSnapshot(economy, this.#owner.chainId);
    const save = this.#lastSave.then(() => this.#write(height, text));
    this.#lastSave = save.catch(() => {
      // Told to who asked for that save; the next one tries for itself.
    });
    await save;
  }

  async #write(height: number, text: string): Promise<void> {
    const path = this.#pathOf(height);
    try {
      await mkdir(this.#directory, { recursive: true });
      await writeFile(`${path}.part`, text);
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
    const prefix = `simnet-${this.#owner.seed}-`;
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

  async #read(height: number): Promise<Economy | undefined> {
    try {
      return decodeSnapshot(await readFile(this.#pathOf(height), "utf8"), this.#owner);
    } catch {
      // A cache that cannot be read is as good as none: the blocks are made anew.
      return undefined;
    }
  }

  #pathOf(height: number): string {
    return join(this.#directory, `simnet-${this.#owner.seed}-${height}.snapshot`);
  }
}
