/**
 * REST and WebSocket: Fastify, routes by resource, rows mapped to the contract by hand.
 * `errors.ts` is the only table of HTTP statuses, `permissions.ts` the only table of who may call what.
 * Deliberately not here: schemas (`contract`), SQL (`store`).
 * Start with build-app.ts.
 */
export { assertPortFree } from "./assert-port-free.ts";
export { describeApi } from "./describe-api.ts";
export { serveMcp } from "./mcp/serve-mcp.ts";
export { startApi } from "./start-api.ts";
export type { ApiOptions, RunningApi } from "./start-api.ts";
