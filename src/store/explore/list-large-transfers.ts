import { sql } from "kysely";
import type { BlockHash, Txid } from "#bitcoin";
import type { Entity, TransferKind } from "#features";
import { entityOfColumns } from "../blocks/flows/entity-columns.ts";
import { IS_OF_CHAIN } from "../blocks/of-chain.ts";
import { blockHashOfColumn, bytesOf } from "../database/hash-column.ts";
import type { Database, Tables } from "../database/schema.ts";
import type { Selectable } from "kysely";
import { knownBy } from "./known-by.ts";

export type TransferLine = {
  readonly height: number;
  readonly blockHash: BlockHash;
  /** Header time, unix seconds. */
  readonly time: number;
  readonly txIndex: number;
  readonly txid: Txid;
  /** Satoshis. */
  readonly value: number;
  readonly fee: number;
  readonly toAddress: string | null;
  readonly coinAgeDays: number | null;
  readonly from: Entity | null;
  readonly to: Entity | null;
  readonly kind: TransferKind | null;
};

/** A place in the chain: what comes after it in a list is below it. */
export type TransferPlace = { readonly height: number; readonly txIndex: number };

export type LargeTransferQuery = {
  readonly limit: number;
  readonly minimum: number;
  readonly before?: TransferPlace | undefined;
  /** Of this block alone. */
  readonly blockHash?: BlockHash | undefined;
  /** Of this id alone: two blocks before 2012 repeat a transaction. */
  readonly txid?: string | undefined;
  /** With parties as of this version of the labels; absent: by the newest. */
  readonly labelVersion?: number | undefined;
};

/** Stored transfers of at least so many satoshis, by the newest labels; newest first. */
export async function listLargeTransfers(db: Database, query: LargeTransferQuery): Promise<readonly TransferLine[]> {
  const { limit, minimum, before = { height: 2 ** 31 - 1, txIndex: 0 }, blockHash, txid, labelVersion } = query;
  const ofBlock = blockHash === undefined ? sql`true` : sql`header.hash = ${bytesOf(blockHash)}`;
  const ofId = txid === undefined ? sql`true` : sql`transfer.txid = ${bytesOf(txid)}`;
  const { rows } = await sql<Row>`
    SELECT page.*, party.from_actor, party.from_kind, party.to_actor, party.to_kind, party.kind
    FROM (
      SELECT header.height, header.hash, header.time, transfer.tx_index, transfer.txid, transfer.value, transfer.fee,
        transfer.to_address, transfer.coin_age_days
      FROM block_headers AS header
      JOIN transfers AS transfer ON transfer.blockhash = header.hash AND transfer.value >= ${minimum}
      WHERE ${ofBlock} AND ${ofId} AND ${IS_OF_CHAIN}
      AND (header.height, transfer.tx_index) < (${before.height}, ${before.txIndex}) AND header.height <= ${before.height}
      ORDER BY header.height DESC, transfer.tx_index DESC LIMIT ${limit}
    ) AS page
    LEFT JOIN LATERAL (SELECT max(label_version) AS label_version FROM block_flows
      WHERE blockhash = page.hash AND ${knownBy(labelVersion)}) AS newest ON true
    LEFT JOIN transfer_parties AS party ON party.blockhash = page.hash
      AND party.tx_index = page.tx_index AND party.label_version = newest.label_version
    ORDER BY page.height DESC, page.tx_index DESC`.execute(db);
  return rows.map(lineOf);
}

type Row = Pick<Selectable<Tables["block_headers"]>, "height" | "hash" | "time"> &
  Pick<Selectable<Tables["transfers"]>, "tx_index" | "txid" | "value" | "fee" | "to_address" | "coin_age_days"> &
  Omit<Selectable<Tables["transfer_parties"]>, "blockhash" | "tx_index" | "label_version">;

function lineOf(row: Row): TransferLine {
  return {
    height: row.height,
    blockHash: blockHashOfColumn(row.hash),
    time: row.time,
    txIndex: row.tx_index,
    txid: row.txid.toString("hex") as Txid,
    value: row.value,
    fee: row.fee,
    toAddress: row.to_address,
    coinAgeDays: row.coin_age_days,
    from: entityOfColumns(row.from_actor, row.from_kind),
    to: entityOfColumns(row.to_actor, row.to_kind),
    kind: row.kind,
  };
}
