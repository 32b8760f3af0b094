import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Insight } from "#insights";

type HeldAgainst = { readonly insight: Insight; readonly text: string };

const FOLDER = join(import.meta.dirname, "../../fixtures/verifier");

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8"));
}

const insights = read("insights") as Readonly<Record<string, Insight>>;

function insightOf(name: string): Insight {
  const insight = insights[name];
  if (insight === undefined) throw new Error(`there is no insight "${name}" among the texts for the verifier`);
  return insight;
}

/** Every insight that texts are held against. */
export const INSIGHTS: readonly Insight[] = Object.values(insights);

/** Faithful texts, written by hand before the verifier was. */
export const REPHRASINGS: readonly HeldAgainst[] = faithfulIn("rephrasings");

/** Faithful texts, most of them of a reviewer, written when the verifier was there. */
export const LATER_REPHRASINGS: readonly HeldAgainst[] = faithfulIn("rephrasings-later");

function faithfulIn(file: string): HeldAgainst[] {
  return Object.entries(read(file) as Record<string, readonly string[]>).flatMap(([name, texts]) =>
    texts.map((text) => ({ insight: insightOf(name), text })),
  );
}

/** Unfaithful texts: those written before the verifier, and those written against it. */
export const FALSE_TEXTS = [...falseIn("unfaithful"), ...falseIn("adversarial")];

/** False texts that the verifier is known to accept. */
export const MISSED_TEXTS = falseIn("missed");

function falseIn(file: string): (HeldAgainst & { readonly fault: string })[] {
  return (read(file) as { insight: string; fault?: string; text: string }[]).map(({ insight, fault, text }) => ({
    insight: insightOf(insight),
    fault: fault ?? "made of known words",
    text,
  }));
}
