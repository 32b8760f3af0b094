import { expect } from "vitest";
import { type Database, listEvents } from "#store";

/** What a listener knows of each insight that was ever told: where it stands, `retracted` where nowhere. */
export async function listen(db: Database): Promise<ReadonlyMap<string, string>> {
  const heard = new Map<string, string>();
  for (const { type, insight } of await listEvents(db, { after: 0, limit: 100_000 })) {
    if (insight === null) continue;
    const before = heard.get(insight.id);
    expect(before === undefined, `the first that is told of ${insight.id} is its publication`).toBe(
      type === "insight.published",
    );
    if (type === "insight.retracted") expect(before, "what is retracted stood there").toBe(insight.blockHash);
    heard.set(insight.id, insight.status === "retracted" ? "retracted" : insight.blockHash);
  }
  return heard;
}
