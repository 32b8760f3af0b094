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
    usedAt: usedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
