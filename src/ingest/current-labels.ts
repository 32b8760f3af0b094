import type { ChainSource } from "#chain";
import type { LabelLookup } from "#features";
import { createSourceCompiler } from "#labels";
import { sha256 } from "#lib";
import { type Database, getLabelVersion, streamLabels } from "#store";
import { labelsOfSource } from "./source-labels.ts";
import { storeBuiltinLabels } from "./store-builtin-labels.ts";
import { storeKnownLabels } from "./store-known-labels.ts";

const LOOK_AGAIN_MS = 1_000;

type Labelled = Pick<ChainSource, "network" | "pools" | "labels">;

/** The newest stored labels as a table, beside the pools that the source names. */
export class CurrentLabels {
  readonly #db: Database;
  readonly #source: Labelled;
  #lookup: LabelLookup;
  #lookedAt = performance.now();

  private constructor(db: Database, source: Labelled, lookup: LabelLookup) {
    this.#db = db;
    this.#source = source;
    this.#lookup = lookup;
  }

  /** Stores first what is built in and what the source tells, where that is not what the database has. */
  static async open(db: Database, source: Labelled): Promise<CurrentLabels> {
    await storeBuiltinLabels(db, source.network);
    const ofSource = labelsOfSource(source);
    if (ofSource !== undefined) await storeKnownLabels(db, ofSource);
    return new CurrentLabels(db, source, await compileLabels(db, source));
  }

  /** To be asked between two blocks: once a second it looks whether an import has changed the labels since. */
  async newest(): Promise<LabelLookup> {
    if (performance.now() - this.#lookedAt < LOOK_AGAIN_MS) return this.#lookup;
    const version = await getLabelVersion(this.#db);
    if (version !== this.#lookup.version) this.#lookup = await compileLabels(this.#db, this.#source);
    this.#lookedAt = performance.now();
    return this.#lookup;
  }
}

/** Labels as they are stored now. */
async function compileLabels(db: Database, source: Labelled): Promise<LabelLookup> {
  const version = await getLabelVersion(db);
  const compiler = createSourceCompiler({ network: source.network, sha256 }, source.pools);
  for await (const label of streamLabels(db, { version })) compiler.add({ ...label, actor: label.name });
  return compiler.finish(version);
}
