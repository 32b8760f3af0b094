import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { CHAIN_KEY } from "../server/chain-queries.ts";
import { batch } from "./batch.ts";
import type { RecentBlock } from "./recent-blocks.ts";

/** Hours and days are computed about a second after their block; and a simulated network may find one every second. */
const AFTER_MS = 2_500;

/** What is shown of the chain is fetched anew when blocks came or went, several of them at once. */
export function useNewBlocks(queryClient: QueryClient, blocks: readonly RecentBlock[]): void {
  const newest = blocks[0]?.hash;
  const fetchAnew = useMemo(
    () => batch<string>(AFTER_MS, () => void queryClient.invalidateQueries({ queryKey: [CHAIN_KEY] })),
    [queryClient],
  );
  useEffect(() => {
    if (newest !== undefined) fetchAnew.add(newest);
  }, [fetchAnew, newest]);
  useEffect(() => () => fetchAnew.cancel(), [fetchAnew]);
}
