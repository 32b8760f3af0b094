import type { access } from "#store";

/** A signed-in browser, and whether it is the one that asks. */
export function presentDevice(
  { createdAt, usedAt, expiresAt, ...rest }: access.accounts.StoredSession,
  ownId: string | undefined,
) {
  return {
    ...rest,
    current: rest.id === ownId,
    createdAt: createdAt.toISOString(),
    // The one is told by the library's clock, the other by the database's.
    usedAt: new Date(Math.max(usedAt.getTime(), createdAt.getTime())).toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
