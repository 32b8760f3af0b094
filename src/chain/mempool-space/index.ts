/**
 * What a mempool.space server tells by its WebSocket: that there is a new tip, and what waits to be mined.
 * Deliberately not here: its HTTP API (`esplora/`).
 * Start with mempool-space-socket.ts, which connects, and again.
 */
export { openTipNotifications } from "./open-tip-notifications.ts";
export { mempoolSpaceSocketUrl } from "./socket-url.ts";
export { watchMempoolSpace } from "./watch-mempool-space.ts";
