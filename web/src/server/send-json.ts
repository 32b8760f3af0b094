import { failureOf } from "./fetch-json.ts";

/** Changes something; the answer is what the contract says. */
export async function sendJson<T>(path: string, body?: unknown): Promise<T> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const response = await fetch(path, { method: "POST", headers, ...content });
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as T;
}
