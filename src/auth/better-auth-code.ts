import { codeOf } from "#lib";

/** The library's code of a refusal; `undefined` of any other error. */
export function betterAuthCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== "APIError" || !("body" in error)) return undefined;
  return codeOf(error.body);
}
