/**
 * The typed client of utxoIQ's live streams, for browsers and anything else that has a WebSocket.
 * No framework and no state of a page: it connects, resumes and tells what happened.
 * Not here: the REST calls, which are plain `fetch` against the schemas of `#contract`.
 * Start with stream-client.ts.
 */
export { StreamClient } from "./stream-client.ts";
export type { SocketLike, StreamClientOptions, StreamState } from "./stream-client.ts";
