import { addressOf, type Network, type UnspentOutputView } from "#bitcoin";
import type { LabelLookup } from "#features";
import { AppError, sha256 } from "#lib";
import type { balances } from "#store";
import { type HeavyBuckets, ScriptBuckets } from "./script-buckets.ts";

/** 1,000 BTC: from here on a script is a whale's. */
export const LARGE_HOLDER_SATS = 100_000_000_000;

/** First look at all coins: exact sums of the labelled entities, and where the scripts may be that hold much. */
export class EntitySums {
  readonly #labels: LabelLookup;
  readonly #sats: Float64Array;
  readonly #coins: Float64Array;
  readonly #buckets: ScriptBuckets;

  constructor(labels: LabelLookup, buckets = new ScriptBuckets()) {
    this.#labels = labels;
    this.#buckets = buckets;
    this.#sats = new Float64Array(labels.entities.length);
    this.#coins = new Float64Array(labels.entities.length);
  }

  readonly add = ({ bytes, scriptStart, scriptEnd, value }: UnspentOutputView): void => {
    this.#buckets.add(bytes, scriptStart, scriptEnd, value);
    const entity = this.#labels.entityOf(bytes, scriptStart, scriptEnd);
    if (entity < 0) return;
    this.#sats[entity] = (this.#sats[entity] ?? 0) + value;
    this.#coins[entity] = (this.#coins[entity] ?? 0) + 1;
  };

  heavyBuckets(): HeavyBuckets {
    return this.#buckets.heavy(LARGE_HOLDER_SATS);
  }

  /** Those that hold anything, the largest first. */
  list(): balances.EntityBalance[] {
    return this.#labels.entities
      .map(({ actor, kind }, index) => ({
        actor,
        kind,
        sats: this.#sats[index] ?? 0,
        coins: this.#coins[index] ?? 0,
      }))
      .filter(({ coins }) => coins > 0)
      .toSorted((left, right) => right.sats - left.sats);
  }
}

/** Most scripts that are looked at one by one: 21,000 heavy buckets with 15 scripts in each are 315,000. */
const MAX_SCRIPTS = 2_000_000;

type ScriptSum = { sats: number; coins: number };

/** Second look at all coins: exact sums of the scripts in heavy buckets. */
export class LargeScripts {
  readonly #labels: LabelLookup;
  readonly #heavy: HeavyBuckets;
  readonly #sums = new Map<string, ScriptSum>();

  constructor(labels: LabelLookup, heavy: HeavyBuckets) {
    this.#labels = labels;
    this.#heavy = heavy;
  }

  readonly add = ({ bytes, scriptStart, scriptEnd, value }: UnspentOutputView): void => {
    if (!this.#heavy.has(bytes, scriptStart, scriptEnd)) return;
    const script = Buffer.from(bytes.buffer, bytes.byteOffset + scriptStart, scriptEnd - scriptStart).toString("hex");
    const sum = this.#sums.get(script);
    if (sum === undefined) {
      if (this.#sums.size === MAX_SCRIPTS) throw tooManyScripts();
      this.#sums.set(script, { sats: value, coins: 1 });
    } else {
      sum.sats += value;
      sum.coins += 1;
    }
  };

  /** The largest first. */
  list(network: Network): balances.ScriptBalance[] {
    return [...this.#sums]
      .filter(([, { sats }]) => sats >= LARGE_HOLDER_SATS)
      .toSorted(([, left], [, right]) => right.sats - left.sats)
      .map(([hex, { sats, coins }]) => {
        const script = Buffer.from(hex, "hex");
        const entity = this.#labels.entities[this.#labels.entityOf(script, 0, script.length)] ?? null;
        return { script, address: addressOf(script, network, sha256) ?? null, entity, sats, coins };
      });
  }
}

function tooManyScripts(): AppError {
  return new AppError(
    "INGEST_SNAPSHOT_CROWDED",
    `more than ${MAX_SCRIPTS} scripts share a bucket with a large holder: the set was made to fill the memory.`,
  );
}
