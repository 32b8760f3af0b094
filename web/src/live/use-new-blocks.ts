import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { CHAIN_KEY } from "../server/chain-queries.ts";
import type { RecentBlock } from "./recent-blocks.ts";

/** Hours and days are computed about a second after their block; and a simulated network may find one every second. */
const AFTER_MS = 2_500;

/** What is shown of the chain is fetched anew when blocks came or went, several of them at once. */
export function useNewBlocks(queryClient: QueryClient, blocks: readonly RecentBlock[]): void {
  const newest = blocks[0]?.hash;
  useEffect(() => {
    if (newest === undefined) return;
    const timer = setTimeout(() => void queryClient.invalidateQueries({ queryKey: [CHAIN_KEY] }), AFTER_MS);
    return () => clearTimeout(timer);
  }, [queryClient, newest]);
}
