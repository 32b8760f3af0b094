/** Requests that named themselves, and what was answered, so that one that is sent twice is carried out once. */
export { beginRequest, forgetRequest, keepAnswer } from "./idempotency.ts";
export type { KeptAnswer, RequestName, RequestStanding } from "./idempotency.ts";
