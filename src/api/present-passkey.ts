import type { access } from "#store";

export function presentPasskey({ name, createdAt, ...rest }: access.accounts.Passkey) {
  return { ...rest, name: name ?? "", createdAt: createdAt?.toISOString() ?? null };
}
