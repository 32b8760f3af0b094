import type { ChainSource } from "#chain";
import type { LabelLookup } from "#features";
import { type CompiledLabels, createSourceCompiler } from "#labels";
import { messageOf, pause, sha256 } from "#lib";
import { type Database, getLabelVersion, streamLabelClaims } from "#store";
import { labelsOfSource } from "./source-labels.ts";
import { storeBuiltinLabels } from "./store-builtin-labels.ts";
import { storeKnownLabels } from "./store-known-labels.ts";

const LOOK_AGAIN_MS = 1_000;

/** So long a block waits for changed labels: some ten thousand are there by then, a million are not. */
const PATIENCE_MS = 500;

/** Labels that are stored, and could not be made into a table. */
export type UnreadableLabels = { readonly version: number; readonly reason: string };

type Labelled = Pick<ChainSource, "network" | "pools" | "labels">;

/** Makes a table of the labels of a version. */
export type CompileLabels = (version: number) => Promise<LabelLookup>;

/** The newest stored labels as a table, beside the pools that the source names. */
export class CurrentLabels {
  readonly #db: Database;
  readonly #compileVersion: CompileLabels;
  #lookup: LabelLookup;
  #lookedAt = performance.now();
  /** The table that is being made of changed labels. */
  #renewal: Promise<void> | undefined;
  #unreadable: UnreadableLabels | undefined;

  private constructor(db: Database, compile: CompileLabels, lookup: LabelLookup) {
    this.#db = db;
    this.#compileVersion = compile;
    this.#lookup = lookup;
  }

  /**
   * Stores first what is built in and what the source tells, where that is not what the database has.
   * @param compile where somebody else may have made the table already
   */
  static async open(
    db: Database,
    source: Labelled,
    compile: CompileLabels = (version) => labelsOfVersion(db, source, version),
  ): Promise<CurrentLabels> {
    await storeBuiltinLabels(db, source.network);
    const ofSource = labelsOfSource(source);
    if (ofSource !== undefined) await storeKnownLabels(db, ofSource);
    return new CurrentLabels(db, compile, await compile(await getLabelVersion(db)));
  }

  /** The newest labels, where they cannot be read: blocks go on by those that there were. */
  get unreadable(): UnreadableLabels | undefined {
    return this.#unreadable;
  }

  /**
   * To be asked between two blocks: once a second it looks whether an import has changed the labels since. While many are
   * made into a table, blocks go on by the labels that there were; so they do while that fails, and it is tried again.
   */
  async newest(): Promise<LabelLookup> {
    if (this.#renewal !== undefined) {
      // Whether it is done meanwhile.
      await Promise.race([this.#renewal, Promise.resolve()]);
    } else if (performance.now() - this.#lookedAt >= LOOK_AGAIN_MS) {
      const version = await getLabelVersion(this.#db);
      this.#lookedAt = performance.now();
      if (version !== this.#lookup.version) await this.#renew(version);
    }
    return this.#lookup;
  }

  /** Waits for the new table no longer than its patience. */
  async #renew(version: number): Promise<void> {
    const renewal = this.#compile(version).finally(() => {
      this.#renewal = undefined;
    });
    this.#renewal = renewal;
    const enough = new AbortController();
    try {
      await Promise.race([renewal, pause(PATIENCE_MS, enough.signal)]);
    } finally {
      enough.abort();
    }
  }

  /** A table that cannot be made is no reason to stop: the one before is whole, and its version stands at every flow. */
  async #compile(version: number): Promise<void> {
    try {
      this.#lookup = await this.#compileVersion(version);
      this.#unreadable = undefined;
    } catch (error) {
      this.#unreadable = { version, reason: messageOf(error) };
    }
  }
}

/** Labels as they were in this version. Between two pages the event loop goes on. */
export async function labelsOfVersion(
  db: Database,
  source: Pick<Labelled, "network" | "pools">,
  version: number,
): Promise<CompiledLabels> {
  const compiler = createSourceCompiler({ network: source.network, sha256 }, source.pools);
  for await (const page of streamLabelClaims(db, version)) for (const claim of page) compiler.add(claim);
  return compiler.finish(version);
}
