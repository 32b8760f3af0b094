import type { TransactionLookup } from "#contract";
import { AppError, messageOf } from "#lib";
import { type commands, type Database, explore, listInsights } from "#store";
import { askIngest } from "./ask-ingest.ts";
import { isoTime, presentInsight } from "./present.ts";
import { presentTransfer } from "./present-chain.ts";

/** Whoever looks something up waits no longer for a node than this. */
const WITHIN_MS = 3_500;
const MOST_INSIGHTS = 20;

const REASONS = {
  unknown: "the node knows no such transaction",
  "no-index": "the node tells of those alone that wait to be mined; with txindex=1 it tells of all",
  "not-asked": "what is read here tells of no transaction by its id",
} as const;

const TOO_OFTEN: Told = { transaction: null, reason: "the node was asked often just now; try again in a minute" };

type LookUp = {
  readonly db: Database;
  readonly link: string | undefined;
  /** Whether whoever asks may have the node asked, which is more work than a look into the database. */
  readonly mayAskSource: () => Promise<boolean>;
  readonly signal: AbortSignal;
};

/** What is stored of a transaction; else what the node says of it; else where one may look. */
export async function lookUpTransaction(
  txid: string,
  { db, link, mayAskSource, signal }: LookUp,
): Promise<TransactionLookup> {
  const [transfers, insights] = await Promise.all([
    explore.listLargeTransfers(db, { limit: 1, minimum: 0, txid }),
    listInsights(db, { limit: MOST_INSIGHTS, filter: { text: txid } }),
  ]);
  const [transfer] = transfers;
  const stored = {
    txid,
    transfer: transfer === undefined ? null : presentTransfer(transfer),
    insights: insights.map(presentInsight),
    link: link === undefined ? null : link.replaceAll("{txid}", txid),
  };
  if (transfer !== undefined || insights.length > 0)
    return { ...stored, known: "evidence", transaction: null, reason: null };
  const { transaction, reason } = (await mayAskSource()) ? await askSource(db, txid, signal) : TOO_OFTEN;
  return { ...stored, known: transaction === null ? "nowhere" : "source", transaction, reason };
}

type Told = Pick<TransactionLookup, "transaction" | "reason">;

/** Whatever keeps the node from telling is told: what is looked up may be found elsewhere. */
async function askSource(db: Database, txid: string, signal: AbortSignal): Promise<Told> {
  const question = { kind: "transaction.find", arguments: { txid }, actor: "the api", withinMs: WITHIN_MS } as const;
  try {
    const answer = await askIngest(db, question, signal);
    if (answer.found === null) return { transaction: null, reason: REASONS[answer.reason] };
    return { transaction: present(answer.found), reason: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { transaction: null, reason: messageOf(error) };
  }
}

function present({ block, outputs, ...rest }: commands.SourceTransaction): NonNullable<Told["transaction"]> {
  return {
    ...rest,
    block: block && { ...block, time: isoTime(block.time) },
    outputs: outputs.map((output) => ({ ...output })),
  };
}
