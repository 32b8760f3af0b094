import type { MonitoringStatus } from "#contract";
import { type CodesOf, countedAs } from "#auth";
import type { Logger } from "#lib";
import { access, type Database, findNewestSnapshot } from "#store";
import { listForecasts } from "../list-forecasts.ts";
import { listBackfills } from "../present-backfill.ts";
import { presentMempool } from "../present-mempool.ts";
import { Connections } from "./connections.ts";
import { Delivery } from "./delivery.ts";
import { EventHub } from "./event-hub.ts";
import { LiveBoard } from "./live-board.ts";
import { StreamShares } from "./stream-shares.ts";

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
  /** Who has to have codes to count as more than a guest. */
  readonly codes?: CodesOf | undefined;
};

/** Browsers open six at most; behind one address there may be many people. */
const MOST_OF_A_NETWORK = 100;

export function makeStreams({ db, logger, readStatus, codes = "nobody" }: StreamsOptions): Streams {
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
  const findLasting = async (ids: readonly string[]) => {
    const lasting = await access.accounts.listLasting(db, ids);
    const roleOf = (whose: access.accounts.LastingFor) =>
      whose === "operator" ? whose : countedAs({ codes }, whose).role;
    return new Map([...lasting].map(([id, whose]) => [id, roleOf(whose)]));
  };
  const shares = new StreamShares({ db, logger, most: MOST_OF_A_NETWORK });
  const connections = new Connections({ findLasting, shares });
  return { hub: new EventHub(db, logger), board, connections };
}
