/** What a page needs, by the beginning of its address and the names of permissions.ts; others are everybody's. */
const NEEDED: Readonly<Record<string, string>> = {
  dashboard: "feed",
  insights: "feed",
  blocks: "chain",
  mempool: "chain",
  entities: "chain",
  series: "chain",
  transactions: "chain",
  scorecard: "chain",
  account: "account",
  administration: "administer",
  moderation: "moderate",
};

export function neededPermission(path: string): string {
  return NEEDED[path.split("/")[1] ?? ""] ?? "public";
}
