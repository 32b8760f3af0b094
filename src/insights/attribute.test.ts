import { expect, test } from "vitest";
import type { BlockHash, Txid } from "#bitcoin";
import type { Entity, Transfer } from "#features";
import type { Signal } from "#signals";
import { attribute, type Recollected } from "./attribute.ts";
import { citeTransfers } from "./cite-transfers.ts";

const ACME: Entity = { actor: "Acme", kind: "exchange" };
const POOL: Entity = { actor: "Hazel Pool", kind: "pool" };
const OTHER: Entity = { actor: "Birch Pool", kind: "pool" };

function transfer(id: string, value: number, from: Entity | null, to: Entity | null): Transfer {
  return { txid: id.repeat(64) as Txid, value, from, to } as Transfer;
}

function signal(kind: Signal["kind"], rest: Partial<Signal>): Signal {
  const basics = { height: 100, startHeight: 89, blockhash: "0".repeat(64) as BlockHash, direction: "above" } as const;
  return { kind, ...basics, subject: null, surprise: null, metrics: [], transfers: [], ...rest };
}

function recollect(certainties: Record<string, number>, transfers: readonly Transfer[] = []): Recollected {
  return {
    blockAt: () => undefined,
    certaintyOf: ({ actor }) => certainties[actor],
    transfersOf: () => transfers,
  };
}

test("an insight is as sure of whom it names as of the least sure of them", () => {
  const mismatch = signal("pool-tag-mismatch", { subject: POOL, other: OTHER });
  expect(attribute(mismatch, recollect({ "Hazel Pool": 0.9, "Birch Pool": 0.2 }))).toEqual({
    certainty: 0.2,
    parties: [
      { ...POOL, certainty: 0.9 },
      { ...OTHER, certainty: 0.2 },
    ],
  });
  expect(attribute(mismatch, recollect({ "Hazel Pool": 0.9 })).certainty).toBeNull();
});

test("a transaction names its two sides where labels know them, and nobody else", () => {
  const sure = recollect({ Acme: 0.7, "Hazel Pool": 1 });
  const moved = (from: Entity | null, to: Entity | null) =>
    attribute(signal("large-transfer", { subject: from, transfers: [transfer("a", 5, from, to)] }), sure);
  expect(moved(POOL, ACME)).toMatchObject({ certainty: 0.7, parties: [POOL, ACME] });
  expect(moved(null, POOL)).toEqual({ certainty: 1, parties: [{ ...POOL, certainty: 1 }] });
  expect(moved(null, null)).toEqual({ certainty: null, parties: [] });
  const aged = signal("coin-days-destroyed", { transfers: [transfer("a", 5, POOL, ACME)] });
  expect(attribute(aged, sure).parties).toEqual([{ ...POOL, certainty: 1 }]);
});

test("what a pool sells is cited with the transactions of all its blocks, and not with what it pays to others", () => {
  const [now, before] = [transfer("a", 300, POOL, ACME), transfer("b", 500, POOL, ACME)];
  const past = [before, transfer("c", 900, POOL, null), transfer("d", 700, ACME, POOL), now];
  const cited = (kind: Signal["kind"], known: Recollected | undefined) =>
    citeTransfers(signal(kind, { subject: POOL, transfers: [now] }), known).map(({ value }) => value);
  expect(cited("treasury-sale", recollect({}, past))).toEqual([500, 300]);
  expect(cited("treasury-sale", undefined)).toEqual([300]);
  // What goes on for days is not in single transfers.
  expect(cited("whale-distribution", recollect({}, past))).toEqual([300]);
});
