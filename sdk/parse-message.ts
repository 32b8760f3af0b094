import type { ServerMessage } from "./messages.ts";

const STORED_EVENTS: ReadonlySet<string> = new Set([
  "insight.published",
  "insight.updated",
  "insight.retracted",
  "block.connected",
  "block.disconnected",
  "feedback.updated",
  "brief.published",
]);

/** What each kind of message must at least carry; the server checks the rest against the contract before it sends. */
const REQUIRED: Readonly<Record<string, (message: Record<string, unknown>) => boolean>> = {
  hello: ({ lastEventId, streamId }) => Number.isSafeInteger(lastEventId) && typeof streamId === "string",
  reset: ({ lastEventId }) => Number.isSafeInteger(lastEventId),
  status: ({ data }) => isObject(data),
  mempool: ({ data }) => isObject(data),
  forecast: ({ data }) => isObject(data) && Array.isArray(data["forecasts"]),
  backfill: ({ data }) => isObject(data) && Array.isArray(data["jobs"]),
  error: ({ code }) => typeof code === "string",
};

/**
 * A message of the stream; `"unknown"` for a type that a newer server may send, `"broken"` for what is no message.
 * A light guard instead of the contract's schemas: those weigh more than the rest of the client.
 */
export function parseMessage(data: unknown): ServerMessage | "unknown" | "broken" {
  const message = parseJson(data);
  if (!isObject(message) || typeof message["type"] !== "string") return "broken";
  const type = message["type"];
  const complete = STORED_EVENTS.has(type)
    ? Number.isSafeInteger(message["id"]) && isObject(message["data"])
    : REQUIRED[type]?.(message);
  if (complete === undefined) return "unknown";
  return complete ? (message as ServerMessage) : "broken";
}

function parseJson(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data);
  } catch {
    // The caller treats anything that is no message alike.
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
