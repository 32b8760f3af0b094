import { isSameHealth, type SourceHealth } from "#chain";
import { messageOf } from "#lib";
import { type IngestState, writeHeartbeat } from "#store";
import type { IngestRoleOptions } from "./ingest-options.ts";

const HEARTBEAT_MS = 1_000;

/** Writes each second how the role does, until the function is called that it returns. `tell` gives `undefined` while there is nothing to say yet. */
export function beat(
  { db, logger, onHealth, setUp }: IngestRoleOptions,
  tell: () => IngestState | undefined,
): () => void {
  let told: SourceHealth = { state: "healthy", reason: null };
  const timer = setInterval(() => {
    const state = tell();
    if (state === undefined) return;
    const health = state.sourceHealth;
    if (!isSameHealth(health, told)) {
      logger[health.state === "healthy" ? "info" : "warn"](health, "the source");
      onHealth(health);
      told = health;
    }
    const sourceChoice = setUp === undefined ? undefined : setUp.sourceSaid ? "said" : "open";
    writeHeartbeat(db, "ingest", { ...state, sourceChoice }).catch((error: unknown) => {
      logger.warn({ reason: messageOf(error) }, "the heartbeat could not be written");
    });
  }, HEARTBEAT_MS);
  return () => clearInterval(timer);
}
