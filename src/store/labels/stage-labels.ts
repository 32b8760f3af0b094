import { sql, type Transaction } from "kysely";
import type { Label } from "#labels";
import { byteaOf } from "../database/hash-column.ts";
import { insertRows } from "../database/insert-rows.ts";
import type { StagedLabelsTable, Tables } from "../database/schema.ts";

const BATCH = 5_000;

/** Puts labels into a table that only this transaction sees; any number in the memory of a batch. */
export async function stageLabels(
  trx: Transaction<Tables>,
  labels: AsyncIterable<Label>,
  onStaged: (labels: number) => void,
): Promise<number> {
  await sql`
    CREATE TEMPORARY TABLE staged_labels (
      ordinal integer NOT NULL, target bytea NOT NULL, is_tag boolean NOT NULL, address text, actor text NOT NULL,
      kind text NOT NULL, category text NOT NULL, label text NOT NULL, source text NOT NULL, abuse text NOT NULL,
      confidence text NOT NULL, edited date, valid_from date NOT NULL, valid_until date NOT NULL, file text NOT NULL
    ) ON COMMIT DROP`.execute(trx);
  let count = 0;
  let batch: StagedLabelsTable[] = [];
  for await (const label of labels) {
    batch.push(rowOf(label, count));
    count += 1;
    if (batch.length < BATCH) continue;
    await insertRows(trx, "staged_labels", batch);
    onStaged(count);
    batch = [];
  }
  await insertRows(trx, "staged_labels", batch);
  if (batch.length > 0) onStaged(count);
  await sql`ANALYZE staged_labels`.execute(trx);
  return count;
}

function rowOf(label: Label, ordinal: number): StagedLabelsTable {
  const target = label.tag === null ? Buffer.from(label.script ?? []) : Buffer.from(label.tag, "utf8");
  return {
    ordinal,
    target: byteaOf(target.toString("hex")),
    is_tag: label.tag !== null,
    address: label.address,
    actor: label.actor,
    kind: label.kind,
    category: label.category ?? "",
    label: label.label ?? "",
    source: label.source ?? "",
    abuse: label.abuse ?? "",
    confidence: label.confidence ?? "",
    edited: label.edited,
    valid_from: label.validFrom ?? "-infinity",
    valid_until: label.validUntil ?? "infinity",
    file: label.file,
  };
}
