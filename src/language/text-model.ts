import type { Prompt } from "./write-prompt.ts";

export type WordedText = { readonly headline: string; readonly summary: string };

export type Reply = {
  readonly text: WordedText;
  /** Of prompt and reply together; 0 where the server does not count. */
  readonly tokens: number;
};

/** Any language model: a prompt in, a text out. Whatever goes wrong is a `ModelError`. */
export type TextModel = {
  /** `<provider>:<model>`, as readers are shown it. */
  readonly name: string;
  readonly write: (prompt: Prompt, signal: AbortSignal) => Promise<Reply>;
};

/** Why a model gave no text. The reason is ours: a server's own words could hold anything, a key among it. */
export class ModelError extends Error {
  readonly outcome: "failed" | "timed-out";
  readonly reason: string;
  /** Used all the same. */
  readonly tokens: number;

  constructor(outcome: ModelError["outcome"], reason: string, tokens = 0) {
    super(reason);
    this.name = "ModelError";
    this.outcome = outcome;
    this.reason = reason;
    this.tokens = tokens;
  }
}
