import { ApiError, createApiClient, dataOf } from "../index.ts";

/** Transactions in blocks over time, and the fee rate for the next block, or why nobody knows it. */
export async function feesAndSeries(url: string): Promise<{ readonly points: number; readonly fee: string }> {
  const api = createApiClient({ url });
  const asked = { params: { path: { metric: "txs" }, query: { resolution: "block" } } } as const;
  const { points } = dataOf(await api.GET("/api/v1/series/{metric}", asked));
  try {
    const { fastestFee } = dataOf(await api.GET("/api/v1/fees/recommended"));
    return { points: points.length, fee: `${fastestFee ?? "?"} sat/vB` };
  } catch (error) {
    if (error instanceof ApiError && error.code === "API_MEMPOOL_UNKNOWN")
      return { points: points.length, fee: error.message };
    throw error;
  }
}
