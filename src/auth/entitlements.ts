import type { access } from "#store";

/** What each tier may have of what costs. */
export const ENTITLEMENTS: Readonly<
  Record<access.accounts.Tier, { readonly requestsPerHour: number; readonly keys: number }>
> = {
  free: { requestsPerHour: 100, keys: 2 },
  pro: { requestsPerHour: 1_000, keys: 5 },
  power: { requestsPerHour: 10_000, keys: 5 },
};
