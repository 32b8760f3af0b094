import type { Config } from "#config";
import type { Writer } from "#ingest";
import { openModel } from "#language";
import type { Terminal } from "./terminal.ts";

/** The model of `--model`, told in a line; `undefined` where there is none. Asks it nothing yet. */
export async function openLanguageModel({ model }: Config, terminal: Terminal): Promise<Writer | undefined> {
  if (model === undefined) return undefined;
  const { budget, ...options } = model;
  const writer = { model: await openModel(options), budget };
  terminal.line("Model", `${model.name} words new insights, at most ${budget.requestsPerDay} a day`);
  return writer;
}
