import { type Selectable, sql } from "kysely";
import type { BlockHash, Txid } from "#bitcoin";
import type { Transfer } from "#features";
import { blockHashOfColumn } from "../../database/hash-column.ts";
import type { Database, Tables } from "../../database/schema.ts";
import { entityOfColumns } from "./entity-columns.ts";
import { IS_OF_CHAIN } from "../of-chain.ts";

/** A transfer of a stored block, with its parties by the labels of one version. */
export type StoredTransfer = Transfer & { readonly height: number; readonly blockHash: BlockHash };

export type TransferQuery = {
  readonly fromHeight: number;
  readonly toHeight: number;
  /** Those alone that touch what was watched. */
  readonly watched: boolean;
  /** Parties as of this version of the labels: of each block by the newest up to it that it was read with. */
  readonly labelVersion?: number | undefined;
  /** Of blocks that are joined to the chain, or of the others; where it is missing, of those that count. */
  readonly connected?: boolean | undefined;
};

/** Ascending by height and place in the block. */
export async function listTransfers(db: Database, query: TransferQuery): Promise<readonly StoredTransfer[]> {
  const { connected } = query;
  const counts = connected === undefined ? IS_OF_CHAIN : sql`header.connected = ${connected}`;
  const { rows } = await sql<TransferRow>`
    SELECT header.height, header.hash, transfer.*,
      party.from_actor, party.from_kind, party.to_actor, party.to_kind, party.kind
    FROM transfers AS transfer
    JOIN block_headers AS header ON header.hash = transfer.blockhash
    LEFT JOIN LATERAL (
      SELECT max(label_version) AS label_version FROM block_flows
      WHERE blockhash = transfer.blockhash
        AND (${query.labelVersion ?? null}::integer IS NULL OR label_version <= ${query.labelVersion ?? null})
    ) AS newest ON true
    LEFT JOIN transfer_parties AS party ON party.blockhash = transfer.blockhash
      AND party.tx_index = transfer.tx_index AND party.label_version = newest.label_version
    WHERE ${counts} AND header.height BETWEEN ${query.fromHeight} AND ${query.toHeight}
      AND (NOT ${query.watched}::boolean OR transfer.watched)
    ORDER BY header.height, transfer.tx_index`.execute(db);
  return rows.map(transferOfRow);
}

type TransferRow = Selectable<Tables["transfers"]> &
  Pick<Selectable<Tables["block_headers"]>, "height" | "hash"> &
  Omit<Selectable<Tables["transfer_parties"]>, "blockhash" | "tx_index" | "label_version">;

function transferOfRow(row: TransferRow): StoredTransfer {
  return {
    height: row.height,
    blockHash: blockHashOfColumn(row.hash),
    txid: row.txid.toString("hex") as Txid,
    txIndex: row.tx_index,
    value: row.value,
    totalIn: row.total_in,
    totalOut: row.total_out,
    fee: row.fee,
    inputs: row.inputs,
    outputs: row.outputs,
    toAddress: row.to_address,
    toValue: row.to_value,
    coinAgeDays: row.coin_age_days,
    watched: row.watched,
    from: entityOfColumns(row.from_actor, row.from_kind),
    to: entityOfColumns(row.to_actor, row.to_kind),
    kind: row.kind,
  };
}
