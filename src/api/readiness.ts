import type { z } from "zod";
import type { readiness } from "#contract";
import { messageOf } from "#lib";
import { type Database, getTip, measures } from "#store";

/** Requests can be served once the database answers and a block is stored. */
export async function checkReadiness(db: Database): Promise<z.infer<typeof readiness>> {
  const checks = [
    await check("database", async () => {
      await measures.ping(db);
      return null;
    }),
    await check("blocks", async () => ((await getTip(db)) === undefined ? "no block is stored yet" : null)),
  ];
  return { ready: checks.every(({ ok }) => ok), checks };
}

async function check(
  name: string,
  reasonNot: () => Promise<string | null>,
): Promise<{ name: string; ok: boolean; reason: string | null }> {
  try {
    const reason = await reasonNot();
    return { name, ok: reason === null, reason };
  } catch (error) {
    return { name, ok: false, reason: messageOf(error) };
  }
}
