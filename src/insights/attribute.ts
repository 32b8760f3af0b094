import type { Entity } from "#features";
import type { Detection, Signal } from "#signals";
import type { Attribution } from "./insight.ts";
import { KINDS_OF_ONE_SPENDING } from "./merge-insights.ts";

/** What is known of the blocks up to the newest that a signal is about. */
export type Recollected = Pick<Detection["recollection"], "blockAt" | "certaintyOf" | "transfersOf">;

/** Whom a signal names, and how sure labels are of each of them in the blocks that it is about. */
export function attribute(signal: Signal, recollection: Recollected): Attribution {
  const parties = partiesOf(signal).map(({ actor, kind }) => ({
    actor,
    kind,
    certainty: recollection.certaintyOf({ actor, kind }, signal.startHeight) ?? null,
  }));
  return { certainty: leastOf(parties.map(({ certainty }) => certainty)), parties };
}

/** Of a spending the text names who spends, and of a large transfer who receives most of it. */
function partiesOf({ kind, subject, other, transfers: [transfer] }: Signal): readonly Entity[] {
  const spender = KINDS_OF_ONE_SPENDING.includes(kind) ? transfer?.from : null;
  const receiver = kind === "large-transfer" ? transfer?.to : null;
  const known = [subject, other, spender, receiver].flatMap((entity) => entity ?? []);
  return known.filter(
    (one, place) => place === known.findIndex(({ actor, kind }) => actor === one.actor && kind === one.kind),
  );
}

/** A statement is as sure as the least sure of its names; of nobody, and where it is not known of one, it is not known. */
function leastOf(certainties: readonly (number | null)[]): number | null {
  const known = certainties.flatMap((certainty) => certainty ?? []);
  return known.length === 0 || known.length < certainties.length ? null : Math.min(...known);
}
