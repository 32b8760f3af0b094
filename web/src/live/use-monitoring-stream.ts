import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { StoredEvent } from "#contract";
import type { StreamState } from "#sdk";
import { backfills, monitoringStatus } from "../server/queries.ts";
import { applyBlockEvent, type BlockEvent, type RecentBlock } from "./recent-blocks.ts";
import { useMay } from "../server/use-session.ts";
import { useStream } from "./use-stream.ts";

/** The server sends its status each second. */
const SILENCE_MS = 15_000;

/** How many events back the stream begins, so that a page that is opened finds the last blocks. */
const LOOK_BACK = 64;

type Monitoring = {
  readonly state: StreamState | undefined;
  readonly lastHeardAt: number | undefined;
  readonly blocks: readonly RecentBlock[];
};

type Told = { readonly onLost: () => void; readonly onTold: (event: StoredEvent) => void };

/** The newest status goes to the query cache, blocks are collected here. */
export function useMonitoringStream(queryClient: QueryClient, { onLost, onTold }: Told): Monitoring {
  const [blocks, setBlocks] = useState<readonly RecentBlock[]>([]);
  const heardAt = useRef<number>(undefined);
  const [lastHeardAt, setLastHeardAt] = useState<number>();
  const lost = useEffectEvent(onLost);

  const mayRead = useMay("feed");

  const { state } = useStream({
    path: "/ws/monitoring",
    // A server that refuses would be asked again and again.
    enabled: mayRead !== false,
    silenceMs: SILENCE_MS,
    startAfter: (lastEventId) => Math.max(0, lastEventId - LOOK_BACK),
    onEvent: (event) => {
      onTold(event);
      if (isBlockEvent(event)) setBlocks((known) => applyBlockEvent(known, event));
    },
    onStatus: (status) => {
      heardAt.current = Date.now();
      // While the server cannot read its database it does not know; what is simulated stays marked as such.
      queryClient.setQueryData(monitoringStatus.queryKey, (before) => ({
        ...status,
        simulated: status.simulated ?? before?.simulated ?? null,
      }));
    },
    onBackfill: (list) => queryClient.setQueryData(backfills.queryKey, list),
    onReset: () => setBlocks([]),
  });

  useEffect(() => {
    setLastHeardAt(heardAt.current);
    if (state === "reconnecting") lost();
  }, [state]);

  return { state, lastHeardAt, blocks };
}

function isBlockEvent(event: StoredEvent): event is BlockEvent {
  return event.type.startsWith("block.");
}
