import type { Actor } from "#auth";
import type { Standing } from "./streams/connections.ts";

/** What can be taken back from somebody while they listen. The operator is whoever has this machine. */
export function standingOf({ role, person, sessionId, use }: Actor): Standing | undefined {
  const id = use?.keyId ?? sessionId;
  if (id === undefined || role === "operator") return undefined;
  // Who lacks codes counts as a guest, and listens as one; what can be taken from them is their own role.
  return { id, role: person?.role ?? role };
}
