import type { Entity } from "#features";
import { type Detection, type Signal, SPENDING_KINDS, type TimedSignal } from "#signals";
import type { Attribution } from "./insight.ts";
import { counterpartyOf, saleIn } from "./tell-payments.ts";

/** What is known of the blocks up to the newest that a signal is about. */
export type Recollected = Pick<Detection["recollection"], "blockAt" | "certaintyOf" | "transfersOf">;

/** Whom a signal names, and how sure labels are of each of them in the blocks that it is about. */
export function attribute(
  signal: Signal,
  recollection: Recollected,
  payments: readonly TimedSignal[] = [],
): Attribution {
  const parties = partiesOf(signal, [counterpartyOf(signal, payments), saleIn(payments)?.subject]).map(
    ({ actor, kind }) => ({
      actor,
      kind,
      certainty: recollection.certaintyOf({ actor, kind }, signal.startHeight) ?? null,
    }),
  );
  return { certainty: leastOf(parties.map(({ certainty }) => certainty)), parties };
}

/**
 * Of a spending the text names who spends, and of a large transfer who receives most of it; of a flow that a single payment
 * is part of, the other side of that, and the pool whose sale is.
 */
function partiesOf(
  { kind, subject, other, transfers: [transfer] }: Signal,
  others: readonly (Entity | null | undefined)[],
): readonly Entity[] {
  const spender = SPENDING_KINDS.some((each) => each === kind) ? transfer?.from : null;
  const receiver = kind === "large-transfer" ? transfer?.to : null;
  const known = [subject, other, spender, receiver, ...others].flatMap((entity) => entity ?? []);
  return known.filter(
    (one, place) => place === known.findIndex(({ actor, kind }) => actor === one.actor && kind === one.kind),
  );
}

/** A statement is as sure as the least sure of its names; of nobody, and where it is not known of one, it is not known. */
function leastOf(certainties: readonly (number | null)[]): number | null {
  const known = certainties.flatMap((certainty) => certainty ?? []);
  return known.length === 0 || known.length < certainties.length ? null : Math.min(...known);
}
