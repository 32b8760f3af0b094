import { type Insight, verifyText } from "#insights";
import { mutateText, MUTATIONS, type Mutation } from "./mutate-text.ts";
import type { Random } from "./random-signal.ts";

export type FuzzResult = {
  readonly texts: number;
  /** What our own templates say and the verifier refuses. */
  readonly unsupported: readonly string[];
  readonly mutations: Readonly<Record<Mutation, number>>;
  /** False texts that the verifier accepts. */
  readonly missed: readonly string[];
};

/** Holds texts against an insight, and one false text of each kind that can be made of every one of them. */
export function fuzzTexts(
  told: readonly { readonly insight: Insight; readonly text: string }[],
  random: Random,
): FuzzResult {
  const mutations = { digit: 0, unit: 0, name: 0, direction: 0, swap: 0 };
  const unsupported: string[] = [];
  const missed: string[] = [];
  for (const { insight, text } of told) {
    const [finding] = verifyText(text, insight);
    if (finding !== undefined) unsupported.push(`${insight.kind}: ${text} (${finding.quote}: ${finding.problem})`);
    for (const mutation of MUTATIONS) {
      const changed = mutateText(text, insight.evidence.slots, { mutation, random });
      if (changed === undefined || changed === text) continue;
      mutations[mutation] += 1;
      if (verifyText(changed, insight).length === 0) missed.push(`${insight.kind}, ${mutation}: ${changed}`);
    }
  }
  return { texts: told.length, unsupported, mutations, missed };
}

/** Both texts of an insight that a reader sees. */
export function textsOf(insight: Insight): { readonly insight: Insight; readonly text: string }[] {
  return [insight.headline, insight.summary].map((text) => ({ insight, text }));
}
