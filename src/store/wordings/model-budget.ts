/** What may be used on a day, UTC. Tokens are known afterwards: the request that passes them is the day's last. */
export type ModelBudget = { readonly requestsPerDay: number; readonly tokensPerDay: number };
