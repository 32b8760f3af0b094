import { ModelError } from "./text-model.ts";

/** What went wrong, in words of ours and of a few kinds, so that they can be counted. */
export async function explainFailure(error: unknown): Promise<ModelError> {
  const { APICallError, NoObjectGeneratedError } = await import("ai");
  if (NoObjectGeneratedError.isInstance(error)) {
    return new ModelError("failed", "the reply is not what was asked for", error.usage?.totalTokens ?? 0);
  }
  if (!APICallError.isInstance(error)) return new ModelError("failed", "the model could not be asked");
  const { statusCode } = error;
  if (statusCode === undefined) return new ModelError("failed", "the server cannot be reached");
  if (statusCode === 200) return new ModelError("failed", "the reply cannot be read");
  return new ModelError("failed", `the server answers with HTTP ${statusCode}`);
}
