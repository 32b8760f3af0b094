import type { MonitoringStatus } from "#contract";
import type { Logger } from "#lib";
import { access, type Database, findNewestSnapshot } from "#store";
import { listForecasts } from "../list-forecasts.ts";
import { listBackfills } from "../present-backfill.ts";
import { presentMempool } from "../present-mempool.ts";
import { Connections } from "./connections.ts";
import { Delivery } from "./delivery.ts";
import { EventHub } from "./event-hub.ts";
import { LiveBoard } from "./live-board.ts";

/** What streams of both kinds share. */
export type Streams = {
  readonly hub: EventHub;
  readonly board: LiveBoard;
  readonly connections: Connections;
};

type StreamsOptions = {
  readonly db: Database;
  readonly logger: Logger;
  readonly readStatus: () => Promise<MonitoringStatus>;
};

export function makeStreams({ db, logger, readStatus }: StreamsOptions): Streams {
  const board = new LiveBoard(
    {
      status: async () => Delivery.ofLive({ type: "status", data: await readStatus() }),
      backfill: async () => Delivery.ofLive({ type: "backfill", data: await listBackfills(db) }),
      mempool: async () => {
        const snapshot = await findNewestSnapshot(db);
        return snapshot && Delivery.ofLive({ type: "mempool", data: presentMempool(snapshot) });
      },
      forecast: async () => Delivery.ofLive({ type: "forecast", data: await listForecasts(db) }),
    },
    logger,
  );
  const connections = new Connections((ids) => access.accounts.listLasting(db, ids));
  return { hub: new EventHub(db, logger), board, connections };
}
