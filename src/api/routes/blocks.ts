import { z } from "zod";
import {
  block,
  blockList,
  blockName,
  entitySeriesQuery,
  listBlocksQuery,
  poolShares,
  problem,
  tip,
  transaction,
  transactionId,
  transactionLookup,
  transferList,
  transfersQuery,
  windowQuery,
} from "#contract";
import { AppError } from "#lib";
import { type Database, explore, getTip } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { clientNetwork } from "../client-network.ts";
import { countOne } from "../count-one.ts";
import { cacheControlOf } from "../etag.ts";
import { findLabelVersion } from "../find-label-version.ts";
import { findBlockParts } from "../find-block-parts.ts";
import {
  decodePageToken,
  decodePlaceInChain,
  decodeSortedToken,
  encodePlaceInChain,
  HIGHEST,
  nextPageUrl,
  pageOf,
} from "../page-token.ts";
import { lookUpTransaction } from "../look-up-transaction.ts";
import { isoTime, presentInsight } from "../present.ts";
import { presentBlock, presentLine, presentTransfer } from "../present-chain.ts";
import { newestTime, spanOf } from "../span.ts";
import { transactionNotFound } from "../transaction-not-found.ts";

type Sorted = z.infer<typeof listBlocksQuery> & { readonly sort: string };

/** While pages of it are turned, blocks that come meanwhile are left out: nothing is shown twice. */
async function listSorted(db: Database, query: Sorted) {
  if (query.fromHeight !== undefined || query.toHeight !== undefined)
    throw new AppError("API_BAD_REQUEST", "either a range of heights or sort");
  const { skip, top: given } = query.pageToken === undefined ? { skip: 0 } : decodeSortedToken(query.pageToken);
  const asked = { orders: explore.readBlockOrders(query.sort), top: given, skip, limit: query.pageSize + 1 };
  const { lines, top } = await explore.sortBlocks(db, asked);
  const placeOf = () => ({ before: skip + query.pageSize, height: given ?? top });
  const { page, nextPageToken } = pageOf(lines, query.pageSize, placeOf);
  const next = nextPageUrl("/api/v1/blocks", query, nextPageToken);
  return { blocks: page.map(presentLine), nextPageToken, nextPageUrl: next };
}

export function registerBlockRoutes(app: App, { db, transactionLink }: ApiDeps): void {
  app.get(
    "/api/v1/tip",
    {
      config: { remembered: "while it is read" },
      schema: { summary: "The newest stored block", tags: ["chain"], response: { 200: tip, 503: problem } },
    },
    async () => {
      const newest = await getTip(db);
      if (newest === undefined) throw new AppError("API_NOT_READY", "no block is stored yet");
      return { height: newest.height, hash: newest.hash, time: isoTime(newest.time) };
    },
  );

  app.get(
    "/api/v1/blocks",
    {
      config: { remembered: "until the next event" },
      schema: {
        summary: "Stored blocks, highest first, all or of a range of heights, or the newest of them in another order",
        tags: ["chain"],
        querystring: listBlocksQuery,
        response: { 200: blockList, 400: problem },
      },
    },
    async ({ query }) => {
      const { sort, pageSize, pageToken, fromHeight, toHeight } = query;
      if (sort !== undefined) return listSorted(db, { ...query, sort });
      const above = toHeight === undefined ? HIGHEST : toHeight + 1;
      const before = pageToken === undefined ? above : Math.min(decodePageToken(pageToken), above);
      const rows = await explore.listBlocks(db, { limit: pageSize + 1, before, from: fromHeight });
      const { page, nextPageToken } = pageOf(rows, pageSize, ({ height }) => height);
      return {
        blocks: page.map(presentLine),
        nextPageToken,
        nextPageUrl: nextPageUrl("/api/v1/blocks", query, nextPageToken),
      };
    },
  );

  app.get(
    "/api/v1/blocks/:block",
    {
      config: { remembered: "while it is read" },
      schema: {
        summary: "One block by height or hash: its features, flows, large transfers and insights",
        tags: ["chain"],
        params: z.object({ block: blockName }),
        querystring: entitySeriesQuery.pick({ asOf: true }),
        response: { 200: block, 400: problem, 404: problem },
      },
    },
    async ({ params, query }, reply) => {
      const parts = await findBlockParts(db, params.block, await findLabelVersion(db, query.asOf));
      if (parts === undefined) throw new AppError("API_BLOCK_NOT_FOUND", `no block ${params.block} is stored`);
      const { connected, features } = parts.block;
      const newest = connected ? await getTip(db) : undefined;
      void reply.header("cache-control", cacheControlOf(features.height, newest?.height));
      return presentBlock(parts);
    },
  );
  registerTransferRoute(app, db);
  registerTransactionRoute(app, db);
  registerLookup(app, db, transactionLink);
  registerPoolRoute(app, db);
}

function registerTransferRoute(app: App, db: Database): void {
  app.get(
    "/api/v1/transfers",
    {
      config: { remembered: "until the next event" },
      schema: {
        summary: "Transfers of 100 BTC and more, or watched, newest first, with the parties that labels know",
        tags: ["chain"],
        querystring: transfersQuery,
        response: { 200: transferList, 400: problem },
      },
    },
    async ({ query: { pageSize, pageToken, minimum, asOf } }) => {
      const labelVersion = await findLabelVersion(db, asOf);
      const place = pageToken === undefined ? undefined : decodePlaceInChain(pageToken);
      const before = place && { height: place.height, txIndex: place.number };
      const rows = await explore.listLargeTransfers(db, { limit: pageSize + 1, minimum, before, labelVersion });
      const { page, nextPageToken } = pageOf(rows, pageSize, ({ height, txIndex }) =>
        encodePlaceInChain({ height, number: txIndex }),
      );
      return {
        transfers: page.map(presentTransfer),
        labelVersion: labelVersion ?? null,
        nextPageToken,
        nextPageUrl: nextPageUrl("/api/v1/transfers", { pageSize, minimum, asOf }, nextPageToken),
      };
    },
  );
}

function registerTransactionRoute(app: App, db: Database): void {
  app.get(
    "/api/v1/transactions/:txid",
    {
      schema: {
        summary: "A transaction that is among the kept transfers, and the insights that cite it",
        tags: ["chain"],
        params: z.object({ txid: transactionId }),
        querystring: entitySeriesQuery.pick({ asOf: true }),
        response: { 200: transaction, 400: problem, 404: problem },
      },
    },
    async ({ params: { txid }, query }) => {
      const labelVersion = await findLabelVersion(db, query.asOf);
      const [transfer] = await explore.listLargeTransfers(db, { limit: 1, minimum: 0, txid, labelVersion });
      if (transfer === undefined) throw transactionNotFound(txid);
      const insights = await explore.listInsightsAt(db, transfer.height);
      const cite = insights.filter(({ evidence }) => evidence.transactions.some((cited) => cited.txid === txid));
      return {
        transfer: presentTransfer(transfer),
        labelVersion: labelVersion ?? null,
        insights: cite.map(presentInsight),
      };
    },
  );
}

/** Times that one address may have the node asked. */
const LOOKUPS = { quota: 30, windowSeconds: 60 };

function registerLookup(app: App, db: Database, link: string | undefined): void {
  app.get(
    "/api/v1/transactions/:txid/lookup",
    {
      schema: {
        summary: "Any transaction: what is stored of it, else what the node says of it, else where to look",
        tags: ["chain"],
        params: z.object({ txid: transactionId }),
        response: { 200: transactionLookup, 400: problem, 503: problem },
      },
    },
    ({ params: { txid }, ip, signal }) => {
      const mayAskSource = async () => (await countOne(db, `lookups of ${clientNetwork(ip)}`, LOOKUPS)).allowed;
      return lookUpTransaction(txid, { db, link, mayAskSource, signal });
    },
  );
}

function registerPoolRoute(app: App, db: Database): void {
  app.get(
    "/api/v1/pools",
    {
      config: { remembered: "for a moment" },
      schema: {
        summary: "Who mined the blocks of the last days, and their shares",
        tags: ["chain"],
        querystring: windowQuery,
        response: { 200: poolShares, 400: problem, 503: problem },
      },
    },
    async ({ query: { days } }) => {
      const span = spanOf({}, await newestTime(db), days);
      const pools = await explore.listPoolShares(db, span);
      const blocks = pools.reduce((sum, pool) => sum + pool.blocks, 0);
      return {
        from: isoTime(span.from),
        to: isoTime(span.to),
        blocks,
        pools: pools.map((pool) => ({ ...pool, share: pool.blocks / blocks })),
      };
    },
  );
}
