import { type TextModel, wordInsight } from "#language";
import { type Logger, messageOf } from "#lib";
import { type Connection, type Database, findInsight, type StoredInsight, watchEvents, wordings } from "#store";
import { atNews } from "../at-news.ts";
import type { LiveInsights } from "./live-insights.ts";

/** A language model, and how much of it may be used. */
export type Writer = { readonly model: TextModel; readonly budget: wordings.ModelBudget };

type WordingOptions = {
  readonly db: Database;
  readonly connection: Connection;
  readonly writer: Writer;
  /** Opened before the blocks come of whose insights none is to be missed. */
  readonly insights: LiveInsights;
  readonly logger: Logger;
  readonly signal: AbortSignal;
};

/**
 * Has a model word each new insight anew, one after the other, until the signal is aborted. The template's text is
 * published before, by whoever stores the blocks and never waits for this; a model's text is an update.
 */
export async function wordLiveInsights(options: WordingOptions): Promise<void> {
  const { connection, insights, logger, signal } = options;
  await atNews({
    listen: (onChange) => watchEvents({ connection, logger, onChange }),
    work: async () => {
      try {
        await insights.drain((insight) => word(insight, options), signal);
      } catch (error) {
        // The database may be away: then what stores the blocks ends the role, if it stays away.
        if (!signal.aborted) logger.warn({ reason: messageOf(error) }, "insights are not worded; trying again");
      }
    },
    signal,
  });
}

async function word(told: StoredInsight, { db, writer, logger, signal }: WordingOptions): Promise<void> {
  const { model, budget } = writer;
  // The event tells what was; a model that was slow with others may have been overtaken.
  const insight = await findInsight(db, told.id);
  if (insight === undefined || insight.status === "retracted" || insight.blockHash !== told.blockHash) return;
  const request = await wordings.openWordingRequest(db, { ...insight, model: model.name, budget });
  if (request?.isWithinBudget !== true) return;
  const { id: requestId } = request;
  const startedMs = performance.now();
  const worded = await wordInsight(insight, model, signal);
  const durationMs = Math.round(performance.now() - startedMs);
  const { outcome, tokens } = worded;
  if (worded.outcome === "accepted") {
    const isPublished = await wordings.saveWording(db, {
      requestId,
      insight,
      wording: { model: model.name, ...worded.text },
      tokens,
    });
    logger.info({ insight: insight.id, outcome: isPublished ? outcome : "too-late", durationMs }, "wording");
    return;
  }
  const { reason } = worded;
  await wordings.closeWordingRequest(db, requestId, { outcome: worded.outcome, reason, tokens });
  logger.info({ insight: insight.id, outcome, reason, durationMs }, "wording");
}
