import { keyOfActor, keyOfPool } from "../actor-key.ts";
import type { Label } from "../label.ts";
import { certaintyOf, isNamedBefore, precedenceOf } from "../precedence.ts";
import { type CompiledLabels, compiledLabelsOf, type LabelledEntity } from "./compiled-labels.ts";
import { ScriptTable } from "./script-table.ts";
import { entityOfValue, tableValue } from "./table-value.ts";
import { TagList } from "./tag-list.ts";

export type LabelToCompile = Pick<Label, "script" | "tag" | "actor" | "kind" | "confidence" | "edited">;

/**
 * Takes labels one by one, in any order, and keeps of each the script and whose it is. Where a script is claimed for
 * several entities, `precedenceOf` decides. An actor of several spellings goes by the one that came first, and so does a pool
 * that is written with the word and without.
 */
export class LabelCompiler {
  readonly #entities: LabelledEntity[] = [];
  /** Beside each entity the key of its actor. */
  readonly #keys: string[] = [];
  /** By kind and actor, in each spelling that came and as its key. */
  readonly #indexes = new Map<string, number>();
  /** By the key of an actor the name that it goes by. */
  readonly #names = new Map<string, string>();
  /** By the key of a pool, without that word, the key of its actor as it came first. */
  readonly #pooled = new Map<string, string>();
  readonly #table = new ScriptTable();
  /** A pool that loses a script to another entity still made the blocks that pay it. */
  readonly #pools = new ScriptTable();
  readonly #tags = new TagList();

  add(label: LabelToCompile): void {
    const rank = precedenceOf(label);
    if (label.tag !== null) this.#addTag(label.tag, label.actor, rank);
    if (label.script === null) return;
    const claim = { value: tableValue(this.#indexOf(label), certaintyOf(label)), rank };
    this.#table.claim(label.script, claim, this.#isBefore);
    if (label.kind === "pool") this.#pools.claim(label.script, claim, this.#isBefore);
  }

  /** The table of all that was added; nothing can be added afterwards. */
  finish(version: number): CompiledLabels {
    const [entities, table, pools] = [this.#entities, this.#table, this.#pools];
    const [tags, names] = [this.#tags, this.#names];
    for (const part of [table, pools]) part.trim();
    tags.sort();
    return compiledLabelsOf({ version, entities, table, pools, tags, names });
  }

  readonly #isBefore = (left: number, right: number): boolean => {
    const [one, other] = [entityOfValue(left), entityOfValue(right)];
    const [first, second] = [this.#entities[one], this.#entities[other]];
    if (first === undefined || second === undefined) return false;
    const keyOf = (index: number): string => this.#keys[index] ?? "";
    return isNamedBefore({ key: keyOf(one), kind: first.kind }, { key: keyOf(other), kind: second.kind });
  };

  #indexOf({ actor, kind }: LabelledEntity): number {
    const spelled = `${kind} ${actor}`;
    const known = this.#indexes.get(spelled);
    if (known !== undefined) return known;
    const key = kind === "pool" ? this.#keyOfPool(actor) : keyOfActor(actor);
    const index =
      this.#indexes.get(`${kind} ${key}`) ?? this.#addEntity({ actor: this.#nameOf(key, actor), kind }, key);
    this.#indexes.set(spelled, index);
    return index;
  }

  #addTag(tag: string, actor: string, rank: number): void {
    const pool = this.#keyOfPool(actor);
    this.#nameOf(pool, actor);
    this.#tags.add({ tag, pool, rank });
  }

  #keyOfPool(actor: string): string {
    const pool = keyOfPool(actor);
    const key = this.#pooled.get(pool) ?? keyOfActor(actor);
    this.#pooled.set(pool, key);
    return key;
  }

  #addEntity(entity: LabelledEntity, key: string): number {
    const index = this.#entities.push(entity) - 1;
    this.#keys.push(key);
    this.#indexes.set(`${entity.kind} ${key}`, index);
    return index;
  }

  #nameOf(key: string, spelling: string): string {
    const name = this.#names.get(key) ?? spelling;
    this.#names.set(key, name);
    return name;
  }
}
