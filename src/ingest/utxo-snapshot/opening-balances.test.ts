import { array, assert as check, constantFrom, nat, property, record } from "fast-check";
import { expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import type { LabelLookup } from "#features";
import { EntitySums, LARGE_HOLDER_SATS, LargeScripts } from "./opening-balances.ts";
import { ScriptBuckets } from "./script-buckets.ts";

type Coin = { readonly script: number; readonly sats: number };

/** Odd lengths too: the hash goes by words of four bytes. */
function scriptOf(number: number): Uint8Array {
  return new Uint8Array(22 + (number % 4)).fill(number);
}

/** Every third script belongs to the first entity, one of a hundred to the second. */
const LABELS: LabelLookup = {
  version: 1,
  entities: [
    { actor: "first", kind: "exchange" },
    { actor: "second", kind: "pool" },
  ],
  entityOf: (bytes, start) => ((bytes[start] ?? 0) % 3 === 0 ? 0 : bytes[start] === 100 ? 1 : -1),
  poolByPayoutScript: () => undefined,
  poolByCoinbaseText: () => undefined,
};

function sumsBy<Key>(coins: readonly Coin[], key: (coin: Coin) => Key): Map<Key, number> {
  const sums = new Map<Key, number>();
  for (const coin of coins) sums.set(key(coin), (sums.get(key(coin)) ?? 0) + coin.sats);
  return sums;
}

test("entities and large scripts have the sums of their coins, however many scripts share a bucket", () => {
  const sats = constantFrom(0, 1, 49_999_999_999, 50_000_000_000, 99_999_999_999, LARGE_HOLDER_SATS);
  const coins = array(record({ script: nat(200), sats }), { maxLength: 3_000, size: "max" });
  check(
    property(coins, (list) => {
      const visited = list.map(({ script, sats: value }) => {
        const bytes = Uint8Array.from([0xff, ...scriptOf(script), 0xff]);
        return { bytes, scriptStart: 1, scriptEnd: bytes.length - 1, value, height: 1, coinbase: false };
      });
      const entities = new EntitySums(LABELS, new ScriptBuckets(5));
      visited.forEach(entities.add);
      const scripts = new LargeScripts(LABELS, entities.heavyBuckets());
      visited.forEach(scripts.add);
      const owned = sumsBy(list, ({ script }) => LABELS.entities[LABELS.entityOf(scriptOf(script), 0, 22)]?.actor);
      owned.delete(undefined);
      expect(new Map(entities.list().map((one) => [one.actor, one.sats]))).toEqual(owned);
      const large = [...sumsBy(list, ({ script }) => script)].filter(([, sum]) => sum >= LARGE_HOLDER_SATS);
      const found = scripts.list(NETWORKS.mainnet);
      expect(new Map(found.map((one) => [one.script[0], one.sats]))).toEqual(new Map(large));
      expect(found.map((one) => one.sats)).toEqual(large.map(([, sum]) => sum).toSorted((a, b) => b - a));
    }),
    { numRuns: 100 },
  );
});
