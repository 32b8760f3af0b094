import { createApiClient, dataOf } from "../index.ts";

/** The newest insights of a category, each with the blocks that it rests on. */
export async function newestInsights(url: string): Promise<readonly string[]> {
  const api = createApiClient({ url });
  const query = { category: "whale", pageSize: 5 } as const;
  const { insights } = dataOf(await api.GET("/api/v1/insights", { params: { query } }));
  return insights.map(({ headline, blockTime, evidence }) => `${blockTime} ${headline} (${evidence.rule})`);
}
