/** Answers that were given lately, remembered in this process and, where a Redis server is named, beside others. */
export { AnswerCache, type CacheFigures, openAnswerCache } from "./answer-cache.ts";
