import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { type Connection, worstState } from "./connection.ts";
import { BlocksContext, ConnectionContext, FeedContext } from "./live-context.ts";
import { useInsightStream } from "./use-insight-stream.ts";
import { useNewBlocks } from "./use-new-blocks.ts";
import { useMonitoringStream } from "./use-monitoring-stream.ts";

/** The page's two streams, and what they told. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const queryClient = useQueryClient();
  const insights = useInsightStream(queryClient);
  // Only the monitoring stream is never silent, so it is the one that notices a connection that died without a word.
  const monitoring = useMonitoringStream(queryClient, insights.reconnect);
  useNewBlocks(queryClient, monitoring.blocks);
  const state = worstState([monitoring.state, insights.state]);
  const connection = useMemo<Connection>(
    () => ({ state, lastHeardAt: monitoring.lastHeardAt }),
    [state, monitoring.lastHeardAt],
  );
  return (
    <ConnectionContext value={connection}>
      <BlocksContext value={monitoring.blocks}>
        <FeedContext value={insights.feed}>{children}</FeedContext>
      </BlocksContext>
    </ConnectionContext>
  );
}
