import type { SourceHealth } from "./chain-source.ts";

/** Whether there is nothing new to tell: a height or percentage that moves on is no news. */
export function isSameHealth(left: SourceHealth, right: SourceHealth): boolean {
  return left.state === right.state && withoutNumbers(left.reason) === withoutNumbers(right.reason);
}

function withoutNumbers(reason: string | null): string | undefined {
  return reason?.replace(/\d[\d,.]*/g, "");
}
