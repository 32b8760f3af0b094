import { AppError } from "#lib";

export const PROVIDERS = ["compatible", "openai", "anthropic", "google", "xai"] as const;
export type Provider = (typeof PROVIDERS)[number];

export type ModelName = { readonly provider: Provider; readonly model: string };

/** `openai:gpt-5-mini` → its two parts; a model's own name may hold colons. @throws AppError with what is expected */
export function parseModelName(text: string): ModelName {
  const [, before = "", model = ""] = /^([a-z]+):(\S+)$/.exec(text) ?? [];
  const provider = PROVIDERS.find((name) => name === before);
  if (provider !== undefined && model !== "") return { provider, model };
  throw new AppError(
    "LANGUAGE_MODEL_NAME",
    `--model is "${text}", expected <provider>:<model> with one of ${PROVIDERS.join(", ")}`,
  );
}
