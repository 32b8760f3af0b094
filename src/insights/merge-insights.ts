import type { SignalKind } from "#signals";
import type { Insight, Slots } from "./insight.ts";
import { joinPayments } from "./join-payments.ts";
import { continueText, writeText } from "./write-text.ts";

/** What one kind adds to an insight that another kind of the same spending leads: slots under names of their own. */
type Addition = { readonly text: string; readonly slots: (slots: Slots) => Slots };

const of =
  (roles: Readonly<Record<string, string>>) =>
  (slots: Slots): Slots =>
    Object.fromEntries(Object.entries(roles).flatMap(([role, own]) => (slots[own] ? [[role, slots[own]]] : [])));

/**
 * Kinds that may tell of one spending, each from another side: the first of them leads, the others add to its last sentence. A block
 * of which one transaction makes most is told with that transaction.
 */
const SIDES: ReadonlyMap<SignalKind, Addition> = new Map([
  ["large-transfer", { text: "", slots: () => ({}) }],
  [
    "dormant-coins",
    { text: "its coins had stayed where they were for {age} on average.", slots: of({ age: "value" }) },
  ],
  [
    "revived-supply",
    {
      text: "of what changes hands, its block spends {revived} of old coins, where {revivedUsual} is usual.",
      slots: of({ revived: "value", revivedUsual: "baseline" }),
    },
  ],
  [
    "coin-days-destroyed",
    {
      text: "what changes hands in its block destroys {ended}, where {endedUsual} is usual.",
      slots: of({ ended: "value", endedUsual: "baseline" }),
    },
  ],
]);

/** Kinds that may tell of one spending. */
export const KINDS_OF_ONE_SPENDING: readonly SignalKind[] = [...SIDES.keys()];

/**
 * The insights of one block, each event once: those that cite one transaction as their largest become one, by the kind that
 * comes first in {@link KINDS_OF_ONE_SPENDING}, with its claim. In the order of those that lead.
 */
export function mergeInsights(insights: readonly Insight[]): readonly Insight[] {
  const rank = ({ kind }: Insight): number => KINDS_OF_ONE_SPENDING.indexOf(kind);
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
  const addition = SIDES.get(other.kind);
  if (addition === undefined) return lead;
  const slots = { ...lead.evidence.slots, ...addition.slots(other.evidence.slots) };
  const cited = new Set(lead.evidence.transactions.map(({ txid }) => txid));
  return {
    ...lead,
    summary: continueText(lead.summary, writeText(addition.text, slots)),
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
