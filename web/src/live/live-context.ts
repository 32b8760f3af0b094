import { createContext, useContext } from "react";
import type { StoredEvent } from "#contract";
import type { Connection } from "./connection.ts";
import { type FeedChanges, NO_CHANGES } from "./feed-changes.ts";
import type { RecentBlock } from "./recent-blocks.ts";

export type LiveFeed = {
  readonly changes: FeedChanges;
  /** Shows what was kept back. */
  readonly release: () => void;
  /** Begins the stream after the event that the first loaded list includes; later calls change nothing. */
  readonly beginAfter: (lastEventId: number) => void;
};

/** Four contexts, because they change at different paces and most parts need one of them. */
export const ConnectionContext = createContext<Connection>({ state: "connecting", lastHeardAt: undefined });
export const BlocksContext = createContext<readonly RecentBlock[]>([]);
export const FeedContext = createContext<LiveFeed>({
  changes: NO_CHANGES,
  release: () => undefined,
  beginAfter: () => undefined,
});

export const useConnection = (): Connection => useContext(ConnectionContext);
export const useRecentBlocks = (): readonly RecentBlock[] => useContext(BlocksContext);
/** What the streams told since the page was opened, and a little before, newest first. */
export const LogContext = createContext<readonly StoredEvent[]>([]);

export const useEventLog = (): readonly StoredEvent[] => useContext(LogContext);
export const useLiveFeed = (): LiveFeed => useContext(FeedContext);
