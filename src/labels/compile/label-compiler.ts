import type { LabelKind } from "../entity-kinds.ts";
import type { Label } from "../label.ts";
import { isNamedBefore, precedenceOf } from "../precedence.ts";
import { ScriptTable } from "./script-table.ts";
import { TagList } from "./tag-list.ts";

export type LabelledEntity = { readonly actor: string; readonly kind: LabelKind };

/** Who is known by an output script or by a text in a coinbase; fits the type that `features` defines. */
export type CompiledLabels = {
  readonly version: number;
  readonly entities: readonly LabelledEntity[];
  /** Scripts that are known, and the memory that they take. */
  readonly scripts: number;
  readonly bytes: number;
  entityOf(bytes: Uint8Array, start: number, end: number): number;
  poolByPayoutScript(script: Uint8Array): string | undefined;
  poolByCoinbaseText(text: string): string | undefined;
};

export type LabelToCompile = Pick<Label, "script" | "tag" | "actor" | "kind" | "confidence" | "edited">;

/**
 * Takes labels one by one, in any order, and keeps of each the script and whose it is. Where a script is claimed for
 * several entities, `precedenceOf` decides.
 */
export class LabelCompiler {
  readonly #entities: LabelledEntity[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #table = new ScriptTable();
  /** A pool that loses a script to another entity still made the blocks that pay it. */
  readonly #pools = new ScriptTable();
  readonly #tags = new TagList();

  add(label: LabelToCompile): void {
    const rank = precedenceOf(label);
    if (label.tag !== null) this.#tags.add({ tag: label.tag, pool: label.actor, rank });
    if (label.script === null) return;
    const claim = { value: this.#indexOf(label), rank };
    this.#table.claim(label.script, claim, this.#isBefore);
    if (label.kind === "pool") this.#pools.claim(label.script, claim, this.#isBefore);
  }

  /** The table of all that was added; nothing can be added afterwards. */
  finish(version: number): CompiledLabels {
    const [entities, table, pools, tags] = [this.#entities, this.#table, this.#pools, this.#tags];
    for (const part of [table, pools]) part.trim();
    tags.sort();
    return {
      version,
      entities,
      scripts: table.count,
      bytes: table.bytes + pools.bytes,
      entityOf: (bytes, start, end) => table.find(bytes, start, end),
      poolByPayoutScript: (script) => entities[pools.find(script, 0, script.length)]?.actor,
      poolByCoinbaseText: (text) => tags.find(text),
    };
  }

  readonly #isBefore = (left: number, right: number): boolean => {
    const [first, second] = [this.#entities[left], this.#entities[right]];
    return first !== undefined && second !== undefined && isNamedBefore(first, second);
  };

  #indexOf({ actor, kind }: LabelledEntity): number {
    const key = `${kind} ${actor}`;
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.#entities.push({ actor, kind }) - 1;
    this.#indexes.set(key, index);
    return index;
  }
}
