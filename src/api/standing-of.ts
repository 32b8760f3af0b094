import type { Actor } from "#auth";
import type { Standing } from "./streams/connections.ts";

/** What can be taken back from somebody while they listen; nothing of whoever has the operator's token. */
export function standingOf({ role, operator, sessionId, use }: Actor): Standing | undefined {
  if (operator !== undefined) return { id: operator.id, role };
  const id = use?.keyId ?? use?.family ?? sessionId;
  return id === undefined ? undefined : { id, role, until: use?.until };
}
