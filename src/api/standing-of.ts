import type { Actor } from "#auth";
import type { Standing } from "./streams/connections.ts";

/** What can be taken back from somebody while they listen. The operator is whoever has this machine. */
export function standingOf({ role, sessionId, use }: Actor): Standing | undefined {
  const id = use?.keyId ?? sessionId;
  return id === undefined || role === "operator" ? undefined : { id, role };
}
