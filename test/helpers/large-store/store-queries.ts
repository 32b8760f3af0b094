import { createHash } from "node:crypto";
import type { BlockHash } from "#bitcoin";
import type { Metric } from "#features";
import { dayOf } from "#insights";
import {
  access,
  backfill,
  countRows,
  type Database,
  explore,
  feedback,
  findBrief,
  findBriefNeighbours,
  findChain,
  findHead,
  findInsight,
  findNewestSnapshot,
  getEventBounds,
  getExpectation,
  getStreamId,
  getTip,
  listBriefs,
  listCurrentForecasts,
  listEvents,
  listFeedInsights,
  listFlows,
  listInsights,
  listQuiet,
  listResolved,
  listTransfers,
  measures,
  readChartPoints,
  readDay,
  readHeartbeats,
  readScorecard,
  readStandings,
  search,
  wordings,
} from "#store";
import type { FilledStore } from "./fill-store.ts";
import { BUSY_ACTORS, OTHER_ACTORS } from "./store-size.ts";

/** What is asked for, at random: a number from 0 to 1, excluded. */
type Asking = FilledStore & { readonly db: Database; readonly random: () => number };

export type StoreQuery = (asking: Asking) => Promise<unknown>;

const DAY = 86_400;

function below(count: number, { random }: Asking): number {
  return Math.floor(random() * count);
}

function sha256At(number: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(number));
  return createHash("sha256").update(bytes).digest("hex");
}

/** Of a stored block. */
/** Somewhere in the list of insights. */
function placeIn(asking: Asking): { readonly height: number; readonly before: number } {
  const height = heightIn(asking);
  return { height, before: 1_000 + 4 * height };
}

function heightIn(asking: Asking): number {
  return 1 + below(asking.lastHeight, asking);
}

function hashIn(asking: Asking): BlockHash {
  return sha256At(heightIn(asking)) as BlockHash;
}

function actorIn(asking: Asking): string {
  const busy = asking.random() < 0.5;
  return `Actor ${1 + (busy ? below(BUSY_ACTORS, asking) : BUSY_ACTORS + below(OTHER_ACTORS, asking))}`;
}

/** Of an insight, any or one of the newest. */
function insightIdIn(asking: Asking, newest = asking.lastHeight / 4): string {
  const height = 4 * (Math.floor(asking.lastHeight / 4) - below(newest, asking));
  return createHash("md5").update(String(height)).digest("hex");
}

function idsIn(asking: Asking): string[] {
  return Array.from({ length: 30 }, () => insightIdIn(asking, 500));
}

function lastDays({ lastTime }: FilledStore, days: number): { readonly from: number; readonly to: number } {
  return { from: lastTime - days * DAY, to: lastTime + 1 };
}

/** So many days, wherever in the chain. */
function anyDays(asking: Asking, days: number): { readonly from: number; readonly to: number } {
  const from = asking.firstTime + below(Math.max(1, asking.lastTime - asking.firstTime - days * DAY), asking);
  return { from, to: from + days * DAY };
}

function metric(name: string): Metric {
  const found = explore.findMetric(name);
  if (found === undefined) throw new Error(`there is no metric ${name}`);
  return found;
}

async function anInsight(asking: Asking) {
  const insight = await findInsight(asking.db, insightIdIn(asking));
  if (insight === undefined) throw new Error("the insight that was made up is not stored");
  return insight;
}

const page = { limit: 31 };

/** Every query that somebody waits for, by the function of the store that makes it, and what it is asked. */
export const STORE_QUERIES: Readonly<Record<string, StoreQuery>> = {
  getTip: ({ db }) => getTip(db),
  findChain: ({ db }) => findChain(db),
  countRows: ({ db }) => countRows(db),
  readHeartbeats: ({ db }) => readHeartbeats(db),
  listQuiet: (asking) => listQuiet(asking.db, hashIn(asking)),
  "listBlocks, newest": ({ db }) => explore.listBlocks(db, page),
  "listBlocks, below a height": (asking) => explore.listBlocks(asking.db, { ...page, before: heightIn(asking) }),
  "listBlocks, of a range": (asking) => {
    const from = heightIn(asking);
    return explore.listBlocks(asking.db, { ...page, before: from + 500, from });
  },
  "sortBlocks, by fees": ({ db }) =>
    explore.sortBlocks(db, { orders: [{ by: "fees", falling: true }], skip: 0, limit: 145 }),
  "sortBlocks, by signals": ({ db }) =>
    explore.sortBlocks(db, { orders: [{ by: "signals", falling: true }], skip: 0, limit: 145 }),
  "findBlock, by height": (asking) => explore.findBlock(asking.db, heightIn(asking)),
  "findBlock, by hash": (asking) => explore.findBlock(asking.db, hashIn(asking)),
  findBlockFlows: (asking) => explore.findBlockFlows(asking.db, hashIn(asking)),
  countSignals: (asking) => explore.countSignals(asking.db, hashIn(asking)),
  listInsightsAt: (asking) => explore.listInsightsAt(asking.db, heightIn(asking)),
  getExpectation: (asking) => getExpectation(asking.db, hashIn(asking)),
  "listLargeTransfers, newest": ({ db }) => explore.listLargeTransfers(db, { ...page, minimum: 0 }),
  "listLargeTransfers, of 10,000 BTC": ({ db }) => explore.listLargeTransfers(db, { ...page, minimum: 1e12 }),
  "listLargeTransfers, of 1,000,000 BTC": ({ db }) => explore.listLargeTransfers(db, { ...page, minimum: 1e14 }),
  "listLargeTransfers, of a block": (asking) =>
    explore.listLargeTransfers(asking.db, { limit: 200, minimum: 0, blockHash: hashIn(asking) }),
  "listLargeTransfers, by id": (asking) =>
    explore.listLargeTransfers(asking.db, { limit: 1, minimum: 0, txid: sha256At(-heightIn(asking) * 10 - 1) }),
  "listTransfers, a day": (asking) => listTransfers(asking.db, { ...aDay(asking), watched: false }),
  "listFlows, a day": (asking) => listFlows(asking.db, { ...aDay(asking), actor: actorIn(asking) }),
  "listPoolShares, 7 days": (asking) => explore.listPoolShares(asking.db, lastDays(asking, 7)),
  "listPoolShares, a year": (asking) => explore.listPoolShares(asking.db, lastDays(asking, 366)),
  "readCoverage, 30 days": (asking) => explore.readCoverage(asking.db, lastDays(asking, 30)),
  "readBlockSeries, 8 days of fees": (asking) =>
    explore.readBlockSeries(asking.db, metric("totalfee"), { ...anyDays(asking, 8), limit: 60_001 }),
  "readBlockSeries, 8 days of exchanges": (asking) =>
    explore.readBlockSeries(asking.db, metric("exchange_netflow"), { ...anyDays(asking, 8), limit: 60_001 }),
  "readRolledSeries, 100 days by hours": (asking) =>
    explore.readRolledSeries(asking.db, metric("totalfee"), {
      ...anyDays(asking, 100),
      limit: 60_001,
      resolution: "hour",
      aggregate: "mean",
    }),
  "readRolledSeries, all by days": ({ db, firstTime, lastTime }) =>
    explore.readRolledSeries(db, metric("totalfee"), {
      from: firstTime,
      to: lastTime,
      limit: 60_001,
      resolution: "day",
      aggregate: "mean",
    }),
  "listEntityTotals, 7 days": (asking) => explore.listEntityTotals(asking.db, lastDays(asking, 7)),
  "listEntityTotals, a year": (asking) => explore.listEntityTotals(asking.db, lastDays(asking, 366)),
  // As of a version before any: every block was read anew since.
  "listEntityTotalsAsOf, 7 days": (asking) =>
    explore.listEntityTotalsAsOf(asking.db, { ...lastDays(asking, 7), labelVersion: -1 }),
  "readRolledSeries, 7 days of exchanges as labels were": (asking) =>
    explore.readRolledSeries(asking.db, metric("exchange_netflow"), {
      ...lastDays(asking, 7),
      limit: 60_001,
      resolution: "hour",
      aggregate: "median",
      labelVersion: -1,
    }),
  listKindsOf: (asking) => explore.listKindsOf(asking.db, actorIn(asking)),
  "readEntitySeries, a year by days": (asking) =>
    explore.readEntitySeries(asking.db, {
      ...anyDays(asking, 365),
      actor: actorIn(asking),
      resolution: "day",
      limit: 5_001,
    }),
  "readEntitySeriesAsOf, 30 days by days": (asking) =>
    explore.readEntitySeriesAsOf(asking.db, {
      ...lastDays(asking, 30),
      actor: actorIn(asking),
      resolution: "day",
      limit: 5_001,
      labelVersion: 1,
    }),
  "readEntitySeries, 30 days by hours": (asking) =>
    explore.readEntitySeries(asking.db, {
      ...anyDays(asking, 30),
      actor: actorIn(asking),
      resolution: "hour",
      limit: 5_001,
    }),
  "listSignals, newest": ({ db }) => explore.listSignals(db, page),
  "listSignals, a page": (asking) =>
    explore.listSignals(asking.db, { ...page, before: { height: heightIn(asking), ordinal: 0 } }),
  "listSignals, of kinds": ({ db }) => explore.listSignals(db, { ...page, kinds: ["hash-rate", "fee-spike"] }),
  "listSignals, of a kind that is not there": ({ db }) => explore.listSignals(db, { ...page, kinds: ["dormancy"] }),
  "listSignals, of a category": ({ db }) => explore.listSignals(db, { ...page, categories: ["miner"] }),
  "listSignals, about somebody": (asking) =>
    explore.listSignals(asking.db, { ...page, entity: `Actor ${below(500, asking)}` }),
  "listSignals, about nobody who is known": ({ db }) => explore.listSignals(db, { ...page, entity: "nobody" }),
  "listSignals, of a week": (asking) => explore.listSignals(asking.db, { ...page, ...anyDays(asking, 7) }),
  "listSignals, of a range": (asking) => {
    const fromHeight = heightIn(asking);
    return explore.listSignals(asking.db, { ...page, fromHeight, toHeight: fromHeight + 500 });
  },
  "listSignals, rarer than any": ({ db }) => explore.listSignals(db, { ...page, minPercentile: 100 }),
  "listLabels, first": ({ db }) => explore.listLabels(db, { ...page, version: 1 }),
  "listLabels, a page": (asking) =>
    explore.listLabels(asking.db, {
      ...page,
      version: 1,
      after: { entity: 1 + below(OTHER_ACTORS, asking), id: 5_000 },
    }),
  "listLabels, of somebody": (asking) => explore.listLabels(asking.db, { ...page, version: 1, actor: actorIn(asking) }),
  "listLabels, of a name": (asking) =>
    explore.listLabels(asking.db, { ...page, version: 1, text: `or ${below(OTHER_ACTORS, asking)}` }),
  "listLabels, of a kind": ({ db }) => explore.listLabels(db, { ...page, version: 1, kinds: ["exchange"] }),
  "listLabels, of a script": (asking) =>
    explore.listLabels(asking.db, {
      ...page,
      version: 1,
      script: Buffer.from(sha256At(1 + below(1_000, asking)), "hex"),
    }),
  "listInsights, newest": ({ db }) => listInsights(db, page),
  "listInsights, a page": (asking) => listInsights(asking.db, { ...page, after: placeIn(asking) }),
  "listInsights, of a category": ({ db }) => listInsights(db, { ...page, filter: { categories: ["whale"] } }),
  "listInsights, of a kind": ({ db }) => listInsights(db, { ...page, filter: { kinds: ["hash-rate"] } }),
  "listInsights, retracted": ({ db }) => listInsights(db, { ...page, filter: { statuses: ["retracted"] } }),
  "listInsights, confident": ({ db }) => listInsights(db, { ...page, filter: { minConfidence: 0.9 } }),
  "listInsights, more confident than any": ({ db }) => listInsights(db, { ...page, filter: { minConfidence: 1 } }),
  "listInsights, about somebody": (asking) =>
    listInsights(asking.db, { ...page, filter: { entity: `Actor ${below(500, asking)}` } }),
  "listInsights, of a week": (asking) => listInsights(asking.db, { ...page, filter: anyDays(asking, 7) }),
  "listInsights, at a height": (asking) =>
    listInsights(asking.db, { ...page, filter: { text: String(heightIn(asking)) } }),
  "listInsights, of a transaction": (asking) =>
    listInsights(asking.db, { ...page, filter: { text: sha256At(-heightIn(asking) * 10 - 1) } }),
  "listInsights, with a rare word": (asking) =>
    listInsights(asking.db, { ...page, filter: { text: `word${below(5_000, asking)}` } }),
  "listInsights, with a common word": ({ db }) => listInsights(db, { ...page, filter: { text: "somebody" } }),
  "listInsights, with a rare word, by relevance": (asking) =>
    listInsights(asking.db, { ...page, byRelevance: true, filter: { text: `kraken word${below(5_000, asking)}` } }),
  "listInsights, with a common word, by relevance": ({ db }) =>
    listInsights(db, { ...page, byRelevance: true, filter: { text: "somebody" } }),
  "listInsights, of a tag": (asking) =>
    listInsights(asking.db, { ...page, filter: { tag: `Actor ${below(500, asking)}` } }),
  "countInsights, all": ({ db }) => search.countInsights(db, {}),
  "countInsights, of a month": (asking) => search.countInsights(asking.db, anyDays(asking, 30)),
  "countInsights, with a rare word": (asking) =>
    search.countInsights(asking.db, { text: `word${below(5_000, asking)}` }),
  "countInsights, with a common word": ({ db }) => search.countInsights(db, { text: "somebody" }),
  findInsight: (asking) => findInsight(asking.db, insightIdIn(asking)),
  listRelated: async (asking) => search.listRelated(asking.db, await anInsight(asking), 6),
  countAlike: ({ db }) => search.countAlike(db, { kind: "fee-spike", from: 0.7, to: 0.8 }),
  listStatements: async (asking) => search.listStatements(asking.db, await anInsight(asking)),
  markWords: ({ db }) =>
    search.markWords(
      db,
      "kraken",
      Array.from({ length: 60 }, () => "Kraken took in much."),
    ),
  readStandings: (asking) => readStandings(asking.db, idsIn(asking)),
  listFeedInsights: ({ db }) => listFeedInsights(db, 50),
  "readChartPoints, of blocks": (asking) =>
    readChartPoints(asking.db, {
      window: twoDays(asking),
      series: { of: { from: "block", field: "interval" } },
    } as never),
  "readChartPoints, of an entity": (asking) =>
    readChartPoints(asking.db, {
      window: twoDays(asking),
      series: { of: { from: "flows", entity: { actor: "Actor 4", kind: "exchange" }, side: "net" } },
    } as never),
  readDay: (asking) => readDay(asking.db, anyDays(asking, 1)),
  listBriefs: ({ db }) => listBriefs(db, { limit: 31 }),
  findBriefNeighbours: (asking) => findBriefNeighbours(asking.db, dayOf(anyDays(asking, 1).from)),
  findBrief: (asking) => findBrief(asking.db, dayOf(anyDays(asking, 1).from)),
  "listEvents, newest": async ({ db }) => listEvents(db, { after: (await getEventBounds(db)).last - 50, limit: 500 }),
  "listEvents, a page": (asking) => listEvents(asking.db, { after: 1_000 + 4 * heightIn(asking), limit: 500 }),
  getEventBounds: ({ db }) => getEventBounds(db),
  getStreamId: ({ db }) => getStreamId(db),
  listCurrentForecasts: ({ db }) => listCurrentForecasts(db),
  "listResolved, newest": ({ db }) => listResolved(db, page),
  "listResolved, of a kind": ({ db }) => listResolved(db, { ...page, kind: "fee-spike" }),
  "listResolved, of a kind that is not there": ({ db }) => listResolved(db, { ...page, kind: "hash-rate" }),
  findHead: ({ db }) => findHead(db),
  readScorecard: ({ db }) => readScorecard(db),
  findNewestSnapshot: ({ db }) => findNewestSnapshot(db),
  "readMempoolHistory, a day": (asking) =>
    explore.readMempoolHistory(asking.db, { ...lastDays(asking, 1), every: 288 }),
  "readMempoolHistory, a week": (asking) =>
    explore.readMempoolHistory(asking.db, { ...lastDays(asking, 7), every: 2_016 }),
  readModelUse: ({ db }) => wordings.readModelUse(db),
  "backfill.findSpan": ({ db }) => backfill.findSpan(db),
  "backfill.listJobs": ({ db }) => backfill.listJobs(db, 20),
  "backfill.listUntaken": ({ db }) => backfill.listUntaken(db),
  "backfill.listErrors": (asking) => backfill.listErrors(asking.db, 1 + below(50, asking), 20),
  "measures.readProcessing": ({ db }) => measures.readProcessing(db),
  "measures.listRetention": ({ db }) => measures.listRetention(db),
  "readSystemMetrics, a day": ({ db }) => measures.readSystemMetrics(db, { hours: 24, stepSeconds: 60 }),
  "readSystemMetrics, 30 days": ({ db }) => measures.readSystemMetrics(db, { hours: 720, stepSeconds: 3_600 }),
  "readSignalMetrics, 30 days": ({ db }) => measures.readSignalMetrics(db, { days: 30, resolution: "day" }),
  "readInsightMetrics, 30 days": ({ db }) => measures.readInsightMetrics(db, { days: 30, resolution: "day" }),
  "search.hasMoreThan, as an export": ({ db }) => search.hasMoreThan(db, { categories: ["exchange"] }, 1_000),
  listAudit: ({ db }) => access.listAudit(db, { limit: 31 }),
  "feedback.readStats": (asking) => feedback.readStats(asking.db, idsIn(asking)),
  "feedback.readOwnFeedback": (asking) =>
    feedback.readOwnFeedback(asking.db, { insightIds: idsIn(asking), personId: "person 3" }),
  "feedback.listComments": (asking) =>
    feedback.listComments(asking.db, { insightId: insightIdIn(asking, 500), withHidden: false, limit: 21 }),
  "feedback.listSaid": ({ db }) => feedback.listSaid(db, { personId: "person 3", limit: 201 }),
  "feedback.listModeration": ({ db }) => feedback.listModeration(db, 50),
};

function aDay(asking: Asking): { readonly fromHeight: number; readonly toHeight: number } {
  const fromHeight = heightIn(asking);
  return { fromHeight, toHeight: fromHeight + 143 };
}

function twoDays(asking: Asking): { readonly fromHeight: number; readonly toHeight: number } {
  const fromHeight = Math.max(0, heightIn(asking) - 288);
  return { fromHeight, toHeight: fromHeight + 287 };
}
