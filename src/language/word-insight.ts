import { HEADLINE_LENGTH, type Insight, verifyText } from "#insights";
import { ModelError, type TextModel, type WordedText } from "./text-model.ts";
import { writePrompt } from "./write-prompt.ts";

/** What came of asking a model. Only an accepted text may be published; otherwise that of the template stands. */
export type Worded =
  | { readonly outcome: "accepted"; readonly text: WordedText; readonly tokens: number }
  | {
      readonly outcome: "refused" | "failed" | "timed-out";
      /** One of few, so that they can be counted. */
      readonly reason: string;
      readonly tokens: number;
    };

const MOST_SENTENCES = { headline: 1, summary: 3 } as const;

/** Controls, line and paragraph breaks, and marks that turn the direction of writing or are not seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** A text this much shorter than the template's has left something out. */
const LEAST_SHARE = 1 / 3;

/** Asks once. @throws the signal's reason where it is aborted meanwhile; nothing else */
export async function wordInsight(insight: Insight, model: TextModel, signal: AbortSignal): Promise<Worded> {
  try {
    const { text, tokens } = await model.write(writePrompt(insight), signal);
    const reason = refuse(text, insight);
    return reason === undefined ? { outcome: "accepted", text, tokens } : { outcome: "refused", reason, tokens };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ModelError) return { outcome: error.outcome, reason: error.reason, tokens: error.tokens };
    throw error;
  }
}

/** Why a text must not be published. */
function refuse({ headline, summary }: WordedText, insight: Insight): string | undefined {
  if (headline === insight.headline && summary === insight.summary) return "says what the template says";
  if (headline.length > HEADLINE_LENGTH) return "has a headline that is too long";
  if (UNSEEN.test(headline) || UNSEEN.test(summary)) return "holds characters that no sentence has";
  if (isTooMany(headline, insight.headline, MOST_SENTENCES.headline)) return "has a headline of several sentences";
  if (isTooMany(summary, insight.summary, MOST_SENTENCES.summary)) return "has a summary of too many sentences";
  for (const [text, template] of [
    [headline, insight.headline],
    [summary, insight.summary],
  ] as const) {
    const [finding] = verifyText(text, insight);
    if (finding !== undefined) return finding.problem;
    if (text.length < template.length * LEAST_SHARE) return "leaves out what the template says";
    if (/\d/.test(template) && !/\d/.test(text)) return "leaves out the figures";
  }
  return undefined;
}

/** A name may hold what looks like the end of a sentence; then the template's text has it, too. */
function isTooMany(text: string, template: string, most: number): boolean {
  return countSentences(text) > Math.max(most, countSentences(template));
}

/** By the marks that end them before a blank or the text's end; what stands behind the last of them is one more. */
function countSentences(text: string): number {
  return text.split(/[.!?]+(?=\s|$)/).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence)).length;
}
