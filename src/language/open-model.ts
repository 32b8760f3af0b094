import type { LanguageModel } from "ai";
import { z } from "zod";
import { AppError } from "#lib";
import { explainFailure } from "./explain-failure.ts";
import { parseModelName } from "./model-name.ts";
import { type Access, openProvider } from "./open-provider.ts";
import { ModelError, type Reply, type TextModel } from "./text-model.ts";
import type { Prompt } from "./write-prompt.ts";

export type ModelOptions = Access & {
  /** `<provider>:<model>`. */
  readonly name: string;
  /** The whole reply has to be there by then. */
  readonly timeoutMs: number;
};

/** Room for a headline, a summary and the marks around them. */
const MOST_TOKENS = 1_000;

const replySchema = z.object({ headline: z.string(), summary: z.string() });

/** Loads what a provider needs. Asks nobody yet. @throws AppError for a name, key or address that cannot be used */
export async function openModel({ name, url, key, timeoutMs }: ModelOptions): Promise<TextModel> {
  const parsed = parseModelName(name);
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw new AppError(
      "LANGUAGE_MODEL_URL",
      `--model-url is "${url}", expected an address like http://localhost:11434/v1`,
    );
  const model = await openProvider(parsed, { url, key });
  return { name, write: (prompt, signal) => write(model, prompt, { timeoutMs, signal }) };
}

type Limits = { readonly timeoutMs: number; readonly signal: AbortSignal };

async function write(model: LanguageModel, prompt: Prompt, { timeoutMs, signal }: Limits): Promise<Reply> {
  const { generateText, Output } = await import("ai");
  // It would write to the terminal what a model does not support, such as a temperature.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const { output, totalUsage } = await generateText({
      model,
      instructions: prompt.instructions,
      prompt: prompt.material,
      output: Output.object({ schema: replySchema, name: "insight" }),
      temperature: 0,
      maxOutputTokens: MOST_TOKENS,
      // Whoever asks counts its requests, so none is made behind its back.
      maxRetries: 0,
      abortSignal: AbortSignal.any([signal, late]),
    });
    return { text: output, tokens: totalUsage.totalTokens ?? 0 };
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) throw new ModelError("timed-out", `no reply within ${timeoutMs / 1_000} s`);
    throw await explainFailure(error);
  }
}
