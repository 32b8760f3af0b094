import type { access } from "#store";

export function presentKey({ scopes, createdAt, expiresAt, lastUsedAt, ...rest }: access.accounts.ApiKey) {
  return {
    ...rest,
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
