import type { LabelLookup, Watches } from "#features";
import { keyOfActor, LabelCompiler } from "#labels";
import { type Database, getWatchesVersion, listWatches, type Watch, type Watched } from "#store";

type WatchedActor = Extract<Watched, { readonly actor: string }>;

const LOOK_AGAIN_MS = 1_000;

/** What is watched, as a lookup that fits the labels of the moment. */
export class CurrentWatches {
  readonly #db: Database;
  #version = "";
  #labels: LabelLookup | undefined;
  #watches: Watches | undefined;
  #lookedAt = -Infinity;

  constructor(db: Database) {
    this.#db = db;
  }

  /** To be asked between two blocks: once a second it looks whether a watch came or went. `undefined`: there are none. */
  async newest(labels: LabelLookup): Promise<Watches | undefined> {
    const isTime = performance.now() - this.#lookedAt >= LOOK_AGAIN_MS;
    if (!isTime && labels === this.#labels) return this.#watches;
    const version = await getWatchesVersion(this.#db);
    if (version !== this.#version || labels !== this.#labels) {
      this.#watches = compileWatches(await listWatches(this.#db), labels);
    }
    this.#version = version;
    this.#labels = labels;
    this.#lookedAt = performance.now();
    return this.#watches;
  }
}

function compileWatches(watches: readonly Watch[], labels: LabelLookup): Watches | undefined {
  if (watches.length === 0) return undefined;
  const entities = new Set<number>();
  const compiler = new LabelCompiler();
  for (const { watched } of watches) {
    if ("script" in watched) compiler.add({ ...ANYBODY, script: watched.script });
    else for (const index of indexesOf(watched, labels)) entities.add(index);
  }
  const scripts = compiler.finish(0);
  return { entities, isWatched: (bytes, start, end) => scripts.entityOf(bytes, start, end) !== -1 };
}

/** Places of the actor's entities: of one kind, or of all that the labels have by now. */
function indexesOf({ actor, kind }: WatchedActor, { entities }: LabelLookup): readonly number[] {
  const key = keyOfActor(actor);
  return entities.flatMap((entity, index) =>
    (kind === null || entity.kind === kind) && keyOfActor(entity.actor) === key ? [index] : [],
  );
}

/** Whoever owns it, it is watched. */
const ANYBODY = { tag: null, actor: "watched", kind: "other", confidence: null, edited: null } as const;
