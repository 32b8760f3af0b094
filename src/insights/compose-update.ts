import type { EventUpdate, TimedSignal } from "#signals";
import { type ComposeContext, composeInsight } from "./compose-insight.ts";
import type { Insight } from "./insight.ts";

/**
 * An insight about an event that goes on, as it stands in the newest block. Whose it is and what it claims stay those of
 * the block in which it was told, be it by what told of a payment that is part of it: a claim is decided as it was made.
 */
export function composeUpdate({ first, firstTime, now, payments }: EventUpdate, context: ComposeContext): Insight {
  const { signal, time } = earlierOf({ first, payments }) ?? { signal: first, time: firstTime };
  if (signal === now) return composeInsight(now, { ...context, payments });
  const told = composeInsight(signal, { ...context, blockTime: time });
  const insight = composeInsight(now, { ...context, payments, first: signal.height });
  const update = {
    ...insight,
    id: told.id,
    evidence: { ...insight.evidence, blocks: [...told.evidence.blocks, ...insight.evidence.blocks] },
  };
  return withClaimOf(told, update);
}

/** Whether it is told for the first time, with what tells of its payments. */
export function isToldNow({ first, now, payments }: EventUpdate): boolean {
  return first === now && earlierOf({ first, payments }) === undefined;
}

/** What told of a payment of it in a block before it was told itself. */
function earlierOf({ first, payments }: Pick<EventUpdate, "first" | "payments">): TimedSignal | undefined {
  return payments.find(({ signal }) => signal.height < first.height);
}

/** What was claimed when it was told, and how sure that was. */
type ToldClaim = Pick<Insight, "confidence"> & { readonly evidence: Pick<Insight["evidence"], "claim"> };

/** An update with the claim as it was told: how sure one would be today is another matter. */
export function withClaimOf({ confidence, evidence: { claim } }: ToldClaim, update: Insight): Insight {
  return { ...update, confidence, evidence: { ...update.evidence, claim } };
}

/** The block in which an insight was told first. */
export function firstBlockOf({
  evidence,
  height,
  blockHash,
  blockTime,
}: Insight): Insight["evidence"]["blocks"][number] {
  return evidence.blocks[0] ?? { height, hash: blockHash, time: blockTime };
}
