import { expect, test } from "vitest";
import type { BlockRow } from "../signal.ts";
import { Recollection } from "./recollection.ts";

const ACME = { actor: "Acme", kind: "exchange" } as const;
const POOL = { actor: "Acme", kind: "pool" } as const;

type Flow = { readonly entity: typeof ACME | typeof POOL; readonly certainty?: number };

function row(height: number, flows: readonly Flow[] = []): BlockRow {
  const features = { height, blockhash: height.toString(16).padStart(64, "0"), time: 600 * height };
  return { features, transfers: [], flows: { entities: flows } } as unknown as BlockRow;
}

test("an entity is known as surely as labels said in the newest block in which they said so", () => {
  const recollection = new Recollection(100);
  recollection.take(row(1, [{ entity: ACME, certainty: 0.5 }]));
  recollection.take(row(2, [{ entity: ACME, certainty: 0.7 }]));
  recollection.take(row(3, [{ entity: ACME }]));
  expect(recollection.certaintyOf(ACME, 1)).toBe(0.7);
  expect(recollection.certaintyOf(ACME, 2)).toBe(0.7);
  expect(recollection.certaintyOf(ACME, 3)).toBeUndefined();
  expect(recollection.certaintyOf(POOL, 1)).toBeUndefined();
});

test("what lies further back than it looks is forgotten, so it is the same however many blocks came before", () => {
  const rows = Array.from({ length: 40 }, (_, height) => {
    if (height === 3) return row(height, [{ entity: POOL, certainty: 1 }]);
    return row(height, height % 7 === 0 ? [{ entity: ACME, certainty: height / 100 }] : []);
  });
  const [whole, short] = [new Recollection(20), new Recollection(20)];
  for (const each of rows) whole.take(each);
  for (const each of rows.slice(-20)) short.take(each);
  expect(whole.state()).toEqual(short.state());
  expect(whole.state().certainties).toEqual([{ entity: "exchange Acme", height: 35, certainty: 0.35 }]);
  expect(whole.blockAt(20)?.time).toBe(12_000);
  expect(whole.blockAt(19)).toBeUndefined();
});

test("a copy goes on by itself", () => {
  const recollection = new Recollection(20);
  recollection.take(row(1, [{ entity: ACME, certainty: 0.5 }]));
  const copy = recollection.copy();
  copy.take(row(2, [{ entity: ACME, certainty: 0.9 }]));
  expect(recollection.certaintyOf(ACME, 0)).toBe(0.5);
  expect(recollection.blockAt(2)).toBeUndefined();
  expect(copy.certaintyOf(ACME, 0)).toBe(0.9);
});
