import { SPENDING_KINDS } from "#signals";
import type { Insight } from "./insight.ts";
import { joinPayments } from "./join-payments.ts";
import { sideOf } from "./sides.ts";
import { continueText, writeText } from "./write-text.ts";

/**
 * The insights of one block, each event once: those that cite one transaction as their largest become one, by the kind that
 * comes first in {@link SPENDING_KINDS}, with its claim. In the order of those that lead.
 */
export function mergeInsights(insights: readonly Insight[]): readonly Insight[] {
  const rank = ({ kind }: Insight): number => SPENDING_KINDS.findIndex((each) => each === kind);
  const leads = new Map<string, Insight>();
  const merged = new Map<Insight, Insight[]>();
  for (const insight of insights.toSorted((left, right) => rank(left) - rank(right))) {
    const [cited] = insight.evidence.transactions;
    const lead = cited === undefined ? undefined : leads.get(cited.txid);
    if (rank(insight) < 0 || cited === undefined) continue;
    if (lead === undefined) leads.set(cited.txid, insight);
    else merged.set(lead, [...(merged.get(lead) ?? []), insight]);
  }
  const others = new Set([...merged.values()].flat());
  const told = insights
    .filter((insight) => !others.has(insight))
    .map((insight) => [insight, ...(merged.get(insight) ?? [])].reduce(addSide));
  return joinPayments(told);
}

function addSide(lead: Insight, other: Insight): Insight {
  const addition = sideOf(other.kind);
  if (addition === undefined) return lead;
  const slots = { ...lead.evidence.slots, ...addition.slots(other.evidence.slots) };
  const text = addition.text(slots);
  const cited = new Set(lead.evidence.transactions.map(({ txid }) => txid));
  return {
    ...lead,
    summary: continueText(lead.summary, text === "" ? "" : `${writeText(text, slots)}.`),
    evidence: {
      ...lead.evidence,
      rule: `${lead.evidence.rule} ${other.evidence.rule}`,
      also: [...(lead.evidence.also ?? []), other.kind],
      transactions: [
        ...lead.evidence.transactions,
        ...other.evidence.transactions.filter(({ txid }) => !cited.has(txid)),
      ],
      metrics: [...lead.evidence.metrics, ...other.evidence.metrics],
      slots,
    },
  };
}
