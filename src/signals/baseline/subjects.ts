import type { Entity, EntityFlow, EntityKind } from "#features";
import { type BlockCount, Memory, type MemoryState } from "./memory.ts";

/** Whom a detector watches. */
export type Subject = {
  readonly entity: Entity;
  readonly memory: Memory;
  /** What it moved in the block that is read now; `undefined` where it is not in it. */
  readonly flow: EntityFlow | undefined;
};

type Met = Subject & {
  flow: EntityFlow | undefined;
  /** Block in which it was met last. */
  block: number;
};

/** Of one subject: how many blocks ago it was met, and what is remembered of it. */
export type SubjectState = MemoryState & { readonly entity: Entity; readonly met: number };

/** Whoever was met lately, and what is remembered of each: he is looked up once in a block. */
export class Subjects {
  readonly #count: BlockCount;
  readonly #byKind = new Map<EntityKind, Map<string, Met>>();
  /** By kind and name; `undefined` where somebody came since it was made. */
  #listed: readonly Met[] | undefined;

  constructor(count: BlockCount) {
    this.#count = count;
  }

  /** The entity is in the block that is read now. */
  meet({ actor, kind }: Entity, flow?: EntityFlow): void {
    const { blocks } = this.#count;
    let ofKind = this.#byKind.get(kind);
    if (ofKind === undefined) this.#byKind.set(kind, (ofKind = new Map()));
    const known = ofKind.get(actor);
    if (known === undefined) {
      ofKind.set(actor, { entity: { actor, kind }, memory: new Memory(this.#count), flow, block: blocks });
      this.#listed = undefined;
    } else {
      known.flow = flow;
      known.block = blocks;
    }
  }

  /**
   * Who was met in this block or one of the `capacity` before it, by kind and name. Whoever was not is forgotten, and
   * with him his series, which would hold nothing but zeros.
   */
  list(capacity: number): readonly Subject[] {
    const { blocks } = this.#count;
    this.#listed ??= this.#sorted();
    let isSame = true;
    for (const met of this.#listed) {
      if (met.block === blocks) continue;
      met.flow = undefined;
      if (met.block >= blocks - capacity) continue;
      this.#byKind.get(met.entity.kind)?.delete(met.entity.actor);
      isSame = false;
    }
    if (!isSame) this.#listed = this.#sorted();
    return this.#listed;
  }

  #sorted(): readonly Met[] {
    return Array.from(this.#byKind.values(), (ofKind) => [...ofKind.values()])
      .flat()
      .sort(
        (left, right) => compare(left.entity.kind, right.entity.kind) || compare(left.entity.actor, right.entity.actor),
      );
  }

  state(): readonly SubjectState[] {
    const { blocks } = this.#count;
    return this.#sorted().map(({ entity, block, memory }) => ({ entity, met: blocks - block, ...memory.state() }));
  }

  copy(count: BlockCount): Subjects {
    const copy = new Subjects(count);
    for (const [kind, ofKind] of this.#byKind) {
      copy.#byKind.set(
        kind,
        new Map(Array.from(ofKind, ([actor, met]) => [actor, { ...met, memory: met.memory.copy(count) }])),
      );
    }
    return copy;
  }
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
