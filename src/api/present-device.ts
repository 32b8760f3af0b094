import type { access } from "#store";

/** A signed-in browser, and whether it is the one that asks. */
export function presentDevice(stored: access.accounts.StoredSession, ownId: string | undefined) {
  return { ...presentStoredSession(stored), current: stored.id === ownId };
}

export function presentStoredSession({ createdAt, usedAt, expiresAt, ...rest }: access.accounts.StoredSession) {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    // The one is told by the library's clock, the other by the database's.
    usedAt: new Date(Math.max(usedAt.getTime(), createdAt.getTime())).toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
