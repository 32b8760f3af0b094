import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { StoredEvent } from "#contract";
import { batch } from "./batch.ts";
import { type Connection, worstState } from "./connection.ts";
import { logEvents } from "./event-log.ts";
import { BlocksContext, ConnectionContext, FeedContext, LogContext } from "./live-context.ts";
import { useInsightStream } from "./use-insight-stream.ts";
import { useNewBlocks } from "./use-new-blocks.ts";
import { useMonitoringStream } from "./use-monitoring-stream.ts";

const LOG_MS = 250;

/** The page's two streams, and what they told. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const queryClient = useQueryClient();
  const [log, setLog] = useState<readonly StoredEvent[]>([]);
  const telling = useMemo(() => batch<StoredEvent>(LOG_MS, (told) => setLog((known) => logEvents(known, told))), []);
  useEffect(() => () => telling.cancel(), [telling]);
  const insights = useInsightStream(queryClient, (event) => telling.add(event));
  // Only the monitoring stream is never silent, so it is the one that notices a connection that died without a word.
  const monitoring = useMonitoringStream(queryClient, {
    onLost: insights.reconnect,
    onTold: (event) => telling.add(event),
  });
  useNewBlocks(queryClient, monitoring.blocks);
  const state = worstState([monitoring.state, insights.state]);
  const connection = useMemo<Connection>(
    () => ({ state, lastHeardAt: monitoring.lastHeardAt }),
    [state, monitoring.lastHeardAt],
  );
  return (
    <ConnectionContext value={connection}>
      <BlocksContext value={monitoring.blocks}>
        <LogContext value={log}>
          <FeedContext value={insights.feed}>{children}</FeedContext>
        </LogContext>
      </BlocksContext>
    </ConnectionContext>
  );
}
