import type { BlockHash } from "#bitcoin";
import type { Entity, Transfer } from "#features";
import type { BlockRow } from "../signal.ts";

/** A block that a signal may be about. `time` of its header, unix seconds. */
export type RecentBlock = { readonly height: number; readonly hash: BlockHash; readonly time: number };

/** Blocks in which transfers are remembered: a day that is summed up, and another of going on. */
const TRANSFER_BLOCKS = 288;

type Seen = { readonly height: number; readonly certainty: number };

/** All that is remembered, in one form. */
export type RecollectionState = {
  readonly blocks: readonly RecentBlock[];
  readonly certainties: readonly (Seen & { readonly entity: string })[];
  readonly txids: readonly string[];
};

/**
 * What evidence needs of blocks before a signal's own and detectors do not: which blocks they were, and how sure labels were
 * of whom they name. What lies further back than a number of blocks is forgotten, so it is the same however many came before.
 */
export class Recollection {
  readonly #length: number;
  #blocks = new Map<number, RecentBlock>();
  /** Of each entity in the block in which it took part last and labels said how sure they are; the longest ago first. */
  #seen = new Map<string, Seen>();
  /** Of labelled owners, by block, the newest last. */
  #transfers: readonly { readonly height: number; readonly transfers: readonly Transfer[] }[] = [];

  /** @param length blocks */
  constructor(length: number) {
    this.#length = length;
  }

  take({ features: { height, blockhash: hash, time }, flows, transfers }: BlockRow): void {
    const labelled = transfers.filter(({ from, to }) => from !== null || to !== null);
    const oldest = height - Math.min(this.#length, TRANSFER_BLOCKS);
    const kept = this.#transfers.filter((each) => each.height > oldest);
    this.#transfers = labelled.length === 0 ? kept : [...kept, { height, transfers: labelled }];
    this.#blocks.set(height, { height, hash, time });
    this.#blocks.delete(height - this.#length);
    for (const { entity, certainty } of flows.entities) {
      if (certainty === undefined) continue;
      const key = keyOf(entity);
      // A Map keeps the order in which its keys came.
      this.#seen.delete(key);
      this.#seen.set(key, { height, certainty });
    }
    for (const [key, seen] of this.#seen) {
      if (seen.height > height - this.#length) break;
      this.#seen.delete(key);
    }
  }

  /** Height of the lowest block that is remembered; `undefined` where none was taken. */
  get lowestHeight(): number | undefined {
    const [lowest] = this.#blocks.keys();
    return lowest;
  }

  /** `undefined` of a block that lies further back, or was never taken. */
  blockAt(height: number): RecentBlock | undefined {
    return this.#blocks.get(height);
  }

  /** 0…1: how sure labels were of an entity when it took part last, from this height on; `undefined` where they do not say. */
  certaintyOf(entity: Entity, fromHeight: number): number | undefined {
    const seen = this.#seen.get(keyOf(entity));
    return seen !== undefined && seen.height >= fromHeight ? seen.certainty : undefined;
  }

  /** Notable transfers of an entity from this height on that are not in-house, the largest first. */
  transfersOf(entity: Entity, fromHeight: number): readonly Transfer[] {
    const isOfEntity = (party: Entity | null): boolean => party?.actor === entity.actor && party.kind === entity.kind;
    return this.#transfers
      .filter(({ height }) => height >= fromHeight)
      .flatMap(({ transfers }) => transfers)
      .filter(({ from, to, kind }) => kind !== "in-house" && (isOfEntity(from) || isOfEntity(to)))
      .toSorted((left, right) => right.value - left.value);
  }

  state(): RecollectionState {
    const certainties = [...this.#seen].map(([entity, seen]) => ({ entity, ...seen }));
    const txids = this.#transfers.flatMap(({ transfers }) => transfers.map(({ txid }) => txid));
    return { blocks: [...this.#blocks.values()], certainties, txids };
  }

  copy(): Recollection {
    const copy = new Recollection(this.#length);
    copy.#blocks = new Map(this.#blocks);
    copy.#seen = new Map(this.#seen);
    copy.#transfers = this.#transfers;
    return copy;
  }
}

function keyOf({ actor, kind }: Entity): string {
  return `${kind} ${actor}`;
}
