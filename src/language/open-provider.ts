import type { LanguageModel } from "ai";
import { AppError } from "#lib";
import { boundedFetch } from "./bounded-fetch.ts";
import type { ModelName, Provider } from "./model-name.ts";

export type Access = {
  /** Base address of the API; `undefined` is the provider's own. */
  readonly url: string | undefined;
  readonly key: string | undefined;
};

type Settings = { readonly apiKey: string; readonly baseURL?: string; readonly fetch: typeof fetch };

/** The packages are loaded by whoever uses them alone. Vertex takes a key in what Google calls express mode. */
const OPEN: Readonly<
  Record<Exclude<Provider, "compatible">, (settings: Settings, model: string) => Promise<LanguageModel>>
> = {
  openai: async (settings, model) => (await import("@ai-sdk/openai")).createOpenAI(settings)(model),
  anthropic: async (settings, model) => (await import("@ai-sdk/anthropic")).createAnthropic(settings)(model),
  google: async (settings, model) => (await import("@ai-sdk/google-vertex")).createVertex(settings)(model),
  xai: async (settings, model) => (await import("@ai-sdk/xai")).createXai(settings)(model),
};

/**
 * The model of a provider. What is missing is said here: the packages would look for it in the environment.
 * @throws AppError where a key or an address is needed and there is none
 */
export async function openProvider({ provider, model }: ModelName, { url, key }: Access): Promise<LanguageModel> {
  if (provider === "compatible") return openCompatible(model, { url, key });
  if (key === undefined)
    throw new AppError("LANGUAGE_NO_KEY", `${provider} needs a key: set UTXOIQ_MODEL_KEY, or --model-key`);
  const settings = { apiKey: key, fetch: boundedFetch, ...(url === undefined ? {} : { baseURL: url }) };
  return OPEN[provider](settings, model);
}

/** Ollama, llama.cpp, vLLM and others: a server of one's own often wants no key. */
async function openCompatible(model: string, { url, key }: Access): Promise<LanguageModel> {
  if (url === undefined)
    throw new AppError("LANGUAGE_NO_URL", `compatible:${model} needs the address of its server: --model-url`);
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  const settings = { name: "compatible", baseURL: url, supportsStructuredOutputs: true, fetch: boundedFetch };
  return createOpenAICompatible({ ...settings, ...(key === undefined ? {} : { apiKey: key }) })(model);
}
