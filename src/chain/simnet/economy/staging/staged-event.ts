import type { TransferRecord } from "../ledger/ledger.ts";
import type { WaitingTransaction } from "../mempool/waiting-transaction.ts";
import type { StagedKind } from "./kinds.ts";

/** What somebody asks for; what is left out is drawn. */
export type StageRequest = {
  readonly kind: StagedKind;
  /** Name of an entity of the kind that it happens to. */
  readonly entity?: string | undefined;
  /** Bitcoin, or times the usual. */
  readonly size?: number | undefined;
  readonly blocks?: number | undefined;
};

/** A request, and when it takes effect. */
export type Intervention = StageRequest & { readonly time: number };

export type Movement = Pick<TransferRecord, "value" | "from" | "to">;

/** One that goes on. */
export type StagedEvent = {
  readonly id: number;
  readonly kind: StagedKind;
  readonly staged: "by schedule" | "by command";
  readonly entity: string | undefined;
  readonly startHeight: number;
  readonly startTime: number;
  /** Height of the block with which it is over, transfers that still wait apart. */
  readonly untilHeight: number;
  /** Times the usual, or what a campaign means to move, satoshis. */
  readonly size: number;
  /** Transfers that a campaign means to make. */
  readonly transfersMeant: number;
  /** Transfers sent, or tried and given up. */
  done: number;
  /** Satoshis not sent yet. */
  left: number;
  /** What each of its transactions that waits moves, and between whom. */
  readonly moving: Map<WaitingTransaction, Movement>;
  readonly transfers: TransferRecord[];
};

export type Staging = {
  /** Whether the schedule stages events; without it a world has only what is asked for. */
  readonly scheduled: boolean;
  readonly running: StagedEvent[];
  nextId: number;
  /** Interventions that took effect. */
  interventions: number;
};

export function createStaging(scheduled: boolean): Staging {
  return { scheduled, running: [], nextId: 1, interventions: 0 };
}
