/**
 * The typed client of utxoIQ, for browsers and anything else that has `fetch` and a WebSocket: every route of the API
 * by its path, with errors and retries, and the live streams, which connect, resume and tell what happened.
 * No framework and no state of a page. Types are made from openapi.json by scripts/openapi.ts.
 * Start with api-client.ts and stream-client.ts.
 */
export { type ApiClient, type ApiClientOptions, createApiClient, dataOf } from "./api-client.ts";
export { ApiError, type Problem } from "./api-error.ts";
export type { components, paths } from "./api-types.ts";
export { StreamClient } from "./stream-client.ts";
export type { SocketLike, StreamClientOptions, StreamState } from "./stream-client.ts";
