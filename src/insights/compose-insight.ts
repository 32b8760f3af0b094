import type { Sha256 } from "#bitcoin";
import { type Calibration, calibrationOf, confidenceOf, openStatement, scoreOfStatement } from "#signals";
import type { Signal, TimedSignal } from "#signals";
import { categoryOfSignal } from "./category-of-signal.ts";
import { attribute, type Recollected } from "./attribute.ts";
import { citeTransfers } from "./cite-transfers.ts";
import type { Claim, EvidenceTransaction, Insight, MadeBy } from "./insight.ts";
import { lookBackOfNew } from "./look-back-of-kind.ts";
import { stateSignal } from "./state-signal.ts";
import type { Statement } from "./statement.ts";
import { tellPayments, transfersOf } from "./tell-payments.ts";
import { writeClaim } from "./write-claim.ts";
import { writeHeadline } from "./write-headline.ts";
import { writeText } from "./write-text.ts";

export type ComposeContext = {
  /** Header time of the block, unix seconds. */
  readonly blockTime: number;
  readonly simulated: boolean;
  /** What the network's own outcomes have taught; absent: what is known beforehand, of simulated networks alone. */
  readonly calibration?: Calibration | undefined;
  /** Absent where it is not published. */
  readonly madeBy?: Omit<MadeBy, "fromHeight"> | undefined;
  /** Height of the lowest block that is known; absent where evidence is not to tell that it could not look back far. */
  readonly lowestHeight?: number | undefined;
  /** Absent where nothing is known of the blocks before. */
  readonly recollection?: Recollected | undefined;
  /** Of an event that goes on: the height of the block in which it stood out first. */
  readonly first?: number | undefined;
  /** Of a flow: what told of single payments that are part of it. */
  readonly payments?: readonly TimedSignal[] | undefined;
  readonly sha256: Sha256;
};

/** A signal as a statement for a person, with the evidence that backs each number in it. Pure. */
export function composeInsight(signal: Signal, context: ComposeContext): Insight {
  const statement = stateIn(signal, context);
  const blockHash = signal.blockhash;
  const confidence = confidenceOf(signal, context.calibration ?? calibrationOf(context));
  const lookedBack = lookedBackOf(signal, context);
  const { payments = [] } = context;
  return {
    id: insightId(signal.kind, statement.anchor, context.sha256),
    kind: signal.kind,
    category: categoryOfSignal(signal),
    height: signal.height,
    blockHash,
    blockTime: context.blockTime,
    headline: writeHeadline(statement.headline, statement.slots),
    summary: writeText(statement.summary, statement.slots),
    surprise: signal.surprise,
    confidence: confidence?.probability ?? null,
    evidence: {
      rule: [statement, ...payments.map((payment) => stateSignal(payment.signal))]
        .map(({ rule, slots }) => writeText(rule, slots))
        .join(" "),
      blocks: [{ hash: blockHash, height: signal.height, time: context.blockTime }],
      begins: signal.startHeight === signal.height ? null : (context.recollection?.blockAt(signal.startHeight) ?? null),
      subject: signal.subject,
      ...(payments.length === 0 ? {} : { also: [...new Set(payments.map(({ signal: { kind } }) => kind))] }),
      claim: claimOf(signal, confidence, lookedBack),
      madeBy: context.madeBy === undefined ? null : { ...context.madeBy, ...lookedBack },
      attribution: context.recollection === undefined ? null : attribute(signal, context.recollection, payments),
      transactions: citeTransfers(signal, context.recollection, transfersOf(payments)).map(transactionOf),
      metrics: statement.metrics,
      slots: statement.slots,
    },
    simulated: context.simulated,
  };
}

/** Of an event that goes on its first sentence says since when, so that it has no more of them than another. */
function stateIn(signal: Signal, { first, payments = [] }: ComposeContext): Statement {
  const statement = tellPayments(stateSignal(signal), signal, payments);
  if (first === undefined) return statement;
  return {
    ...statement,
    slots: { ...statement.slots, first: { unit: "height", value: first } },
    summary: `First noticed in block {first}; ${beginSmall(statement.summary)}`,
  };
}

/** Templates that begin with a word; a name keeps its letters. */
function beginSmall(template: string): string {
  return `${template.slice(0, 1).toLowerCase()}${template.slice(1)}`;
}

function transactionOf(transfer: Signal["transfers"][number]): EvidenceTransaction {
  const { txid, value, fee, toAddress, from, to, inputs, outputs, totalIn, toValue, txIndex, coinAgeDays } = transfer;
  const sums = { valueSats: value, feeSats: fee, spentSats: totalIn, largestSats: toValue };
  return { txid, ...sums, toAddress, from, to, inputs, outputs, txIndex, coinAgeDays };
}

type LookedBack = Pick<MadeBy, "fromHeight">;

/** Below block 0 there is nothing that could be known. */
function lookedBackOf({ kind, height }: Signal, { lowestHeight = 0, first = height }: ComposeContext): LookedBack {
  return lowestHeight <= Math.max(0, first - lookBackOfNew(kind)) ? {} : { fromHeight: lowestHeight };
}

function claimOf(signal: Signal, confidence: ReturnType<typeof confidenceOf>, lookedBack: LookedBack): Claim | null {
  const [statement, text] = [openStatement(signal), writeClaim(signal)];
  if (statement === undefined || text === undefined) return null;
  return {
    text,
    decidedAtHeight: signal.height + statement.horizonBlocks,
    learntFrom: confidence?.version ?? null,
    outcomes: confidence?.outcomes ?? null,
    ...lookedBack,
    score: scoreOfStatement(signal) ?? null,
    alike: confidence?.alike ?? null,
  };
}

/** 32 hex digits of the SHA-256 of kind and anchor: the same event on another branch has the same id. */
function insightId(kind: string, anchor: string, sha256: Sha256): string {
  const digest = sha256(Uint8Array.from(`${kind}\n${anchor}`, (character) => character.charCodeAt(0)));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
