import type { LabelKind } from "../entity-kinds.ts";
import { type PortableScriptTable, ScriptTable } from "./script-table.ts";
import { certaintyOfValue, entityOfValue } from "./table-value.ts";
import { type Tag, TagList } from "./tag-list.ts";

export type LabelledEntity = { readonly actor: string; readonly kind: LabelKind };

/** Who is known by an output script or by a text in a coinbase; fits the type that `features` defines. */
export type CompiledLabels = {
  readonly version: number;
  readonly entities: readonly LabelledEntity[];
  /** Scripts that are known, and the memory that they take. */
  readonly scripts: number;
  readonly bytes: number;
  entityOf(bytes: Uint8Array, start: number, end: number): number;
  certaintyOf(bytes: Uint8Array, start: number, end: number): number | undefined;
  poolByPayoutScript(script: Uint8Array): string | undefined;
  poolByCoinbaseText(text: string): string | undefined;
  /** For another thread, which makes labels of it: what is large is memory that all of them share from then on. */
  share(): PortableLabels;
};

/** Labels as they can be sent to another thread. */
export type PortableLabels = {
  readonly version: number;
  readonly entities: readonly LabelledEntity[];
  readonly table: PortableScriptTable;
  readonly pools: PortableScriptTable;
  readonly tags: readonly Tag[];
  /** By the key of an actor the name that it goes by. */
  readonly names: ReadonlyMap<string, string>;
};

/** Complete tables of labels. */
export type LabelTables = {
  readonly version: number;
  readonly entities: readonly LabelledEntity[];
  readonly table: ScriptTable;
  readonly pools: ScriptTable;
  /** Sorted. */
  readonly tags: TagList;
  readonly names: ReadonlyMap<string, string>;
};

export function compiledLabelsOf({ version, entities, table, pools, tags, names }: LabelTables): CompiledLabels {
  return {
    version,
    entities,
    scripts: table.count,
    bytes: table.bytes + pools.bytes,
    entityOf: (bytes, start, end) => entityOfValue(table.find(bytes, start, end)),
    certaintyOf: (bytes, start, end) => certaintyOfValue(table.find(bytes, start, end)),
    poolByPayoutScript: (script) => entities[entityOfValue(pools.find(script, 0, script.length))]?.actor,
    poolByCoinbaseText: (text) => names.get(tags.find(text) ?? ""),
    share: () => ({ version, entities, table: table.share(), pools: pools.share(), tags: tags.list(), names }),
  };
}

/** The labels that another thread has shared. */
export function labelsOfPortable({ table, pools, tags: listed, ...rest }: PortableLabels): CompiledLabels {
  const tags = new TagList();
  for (const tag of listed) tags.add(tag);
  tags.sort();
  return compiledLabelsOf({ ...rest, tags, table: new ScriptTable(table), pools: new ScriptTable(pools) });
}
