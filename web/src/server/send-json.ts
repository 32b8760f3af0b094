import { ask, failureOf } from "./fetch-json.ts";

/** Changes something; the answer is what the contract says, nothing where there is none. */
export async function sendJson<T>(
  path: string,
  body?: unknown,
  method: "POST" | "PUT" | "PATCH" | "DELETE" = "POST",
): Promise<T> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const response = await ask(path, { method, headers, ...content });
  if (!response.ok) throw await failureOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
