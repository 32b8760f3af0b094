import { z } from "zod";
import type { BlockHash } from "#bitcoin";
import { blockHash, esplora, problem, transactionId } from "#contract";
import { AppError } from "#lib";
import { type Database, explore, getTip } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { newestSnapshot } from "../newest-snapshot.ts";
import { presentEsploraBlock, presentEsploraMempool } from "../present-esplora.ts";
import { lowestRates } from "../present-mempool.ts";
import { transactionNotFound } from "../transaction-not-found.ts";

const height = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 2)
  .meta({ description: "Of the block" });
const hash = blockHash.meta({ description: "Of the block, in display order" });
const PAGE = 10;
const tags = ["compatibility"];

/**
 * What wallets and scripts ask of an Esplora or mempool.space server, as far as it is stored: the same paths, names and
 * units, in its own words only where something is not there.
 */
export function registerEsploraRoutes(app: App, { db }: ApiDeps): void {
  registerTip(app, db);
  registerBlocks(app, db);
  registerTransaction(app, db);
  registerWaiting(app, db);
}

function registerTip(app: App, db: Database): void {
  app.get(
    "/api/blocks/tip/height",
    {
      schema: {
        summary: "Height of the newest block (Esplora)",
        tags,
        produces: ["text/plain"],
        response: { 200: z.string(), 503: problem },
      },
    },
    async (_request, reply) => reply.type("text/plain").send(String((await newestBlock(db)).height)),
  );
  app.get(
    "/api/blocks/tip/hash",
    {
      schema: {
        summary: "Hash of the newest block (Esplora)",
        tags,
        produces: ["text/plain"],
        response: { 200: z.string(), 503: problem },
      },
    },
    async (_request, reply) => reply.type("text/plain").send((await newestBlock(db)).hash),
  );
}

function registerBlocks(app: App, db: Database): void {
  app.get(
    "/api/block-height/:height",
    {
      schema: {
        summary: "Hash of the block at a height (Esplora)",
        tags,
        params: z.object({ height }),
        produces: ["text/plain"],
        response: { 200: z.string(), 400: problem, 404: problem },
      },
    },
    async ({ params }, reply) => reply.type("text/plain").send((await findBlock(db, params.height)).hash),
  );
  app.get(
    "/api/block/:hash",
    {
      schema: {
        summary: "A block (Esplora)",
        tags,
        params: z.object({ hash }),
        response: { 200: esplora.esploraBlock, 400: problem, 404: problem },
      },
    },
    async ({ params }) => presentEsploraBlock(await findBlock(db, params.hash as BlockHash)),
  );
  app.get(
    "/api/block/:hash/status",
    {
      schema: {
        summary: "Whether a block is in the best chain (Esplora)",
        tags,
        params: z.object({ hash }),
        response: { 200: esplora.esploraBlockStatus, 400: problem, 404: problem },
      },
    },
    async ({ params }) => {
      const { connected, features } = await findBlock(db, params.hash as BlockHash);
      const next = connected ? await explore.findBlock(db, features.height + 1) : undefined;
      return { in_best_chain: connected, height: features.height, next_best: next?.hash ?? null };
    },
  );
  const page = async (from: number) => {
    const newest = await explore.listBlocks(db, { limit: PAGE, before: from + 1 });
    const blocks = await Promise.all(newest.map(({ hash }) => findBlock(db, hash)));
    return blocks.map(presentEsploraBlock);
  };
  const response = { 200: z.array(esplora.esploraBlock), 400: problem, 503: problem };
  app.get("/api/blocks", { schema: { summary: "Ten newest blocks (Esplora)", tags, response } }, async () =>
    page((await newestBlock(db)).height),
  );
  app.get(
    "/api/blocks/:height",
    { schema: { summary: "Ten blocks from a height down (Esplora)", tags, params: z.object({ height }), response } },
    async ({ params }) => page(params.height),
  );
}

function registerTransaction(app: App, db: Database): void {
  app.get(
    "/api/tx/:txid/status",
    {
      schema: {
        summary: "In which block a transaction is, of those that are kept (Esplora)",
        tags,
        params: z.object({ txid: transactionId }),
        response: { 200: esplora.esploraTransactionStatus, 400: problem, 404: problem },
      },
    },
    async ({ params: { txid } }) => {
      const [transfer] = await explore.listLargeTransfers(db, { limit: 1, minimum: 0, txid });
      const block = transfer && (await explore.findBlock(db, transfer.height));
      if (block === undefined) throw transactionNotFound(txid);
      const { hash, features } = block;
      return { confirmed: true, block_height: features.height, block_hash: hash, block_time: features.time };
    },
  );
}

function registerWaiting(app: App, db: Database): void {
  app.get(
    "/api/mempool",
    {
      schema: {
        summary: "What waits to be mined (Esplora)",
        tags,
        response: { 200: esplora.esploraMempool, 404: problem },
      },
    },
    async () => presentEsploraMempool(await newestSnapshot(db)),
  );
  app.get(
    "/api/fee-estimates",
    {
      schema: {
        summary: "Fee rates by blocks that one waits (Esplora)",
        tags,
        response: { 200: esplora.esploraFeeEstimates, 404: problem },
      },
    },
    async () => {
      const targets = lowestRates(await newestSnapshot(db));
      return Object.fromEntries(
        targets.flatMap(({ withinBlocks, feeRate }) => (feeRate === null ? [] : [[String(withinBlocks), feeRate]])),
      );
    },
  );
}

async function newestBlock(db: Database) {
  const tip = await getTip(db);
  if (tip === undefined) throw new AppError("API_NOT_READY", "no block is stored yet");
  return tip;
}

async function findBlock(db: Database, block: BlockHash | number): Promise<explore.StoredBlock> {
  const found = await explore.findBlock(db, block);
  if (found === undefined) throw new AppError("API_BLOCK_NOT_FOUND", `no block ${block} is stored`);
  return found;
}
