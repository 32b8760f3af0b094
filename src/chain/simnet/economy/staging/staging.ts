import { displayHex } from "#bitcoin";
import type { WaitingTransaction } from "../mempool/waiting-transaction.ts";
import type { Miner } from "../people/entities.ts";
import type { World } from "../world.ts";
import { KINDS } from "./kinds.ts";
import type { StagedEvent } from "./staged-event.ts";

/** A transaction of an event was mined. */
export function recordTransfer({ staging, tip }: World, tx: WaitingTransaction): void {
  const event = staging.running.find(({ id }) => id === tx.eventId);
  const movement = event?.moving.get(tx);
  if (event === undefined || movement === undefined) return;
  event.moving.delete(tx);
  event.transfers.push({ height: tip.height, txid: displayHex(tx.txid), ...movement });
}

/** A block was mined by a pool that another's name was forged on. */
export function recordForgery({ staging }: World, { name }: Miner): void {
  const event = staging.running.find((one) => one.kind === "tag-forgery" && one.entity === name && one.done === 0);
  if (event !== undefined) event.done = 1;
}

/** Ends what is over and writes it down. */
export function endEvents({ staging, tip, time, ledger }: World): void {
  const over = staging.running.filter((event) => isOver(event, tip.height));
  for (const event of over) {
    staging.running.splice(staging.running.indexOf(event), 1);
    const { id, kind, staged, transfers } = event;
    const { form } = KINDS[kind];
    const isCampaign = form === "campaign";
    // It waited for a block of its pool, and is that block alone.
    const isForgery = form === "forgery";
    ledger.entries.push({
      type: "event",
      id,
      kind,
      staged,
      entity: event.entity ?? null,
      startHeight: isForgery ? tip.height : event.startHeight,
      startTime: isForgery ? time : event.startTime,
      endHeight: tip.height,
      endTime: time,
      size: isCampaign ? transfers.reduce((sum, { value }) => sum + value, 0) : event.size,
      planned: event.size,
      unit: isCampaign ? "sat" : "times",
      transfers,
    });
  }
}

function isOver(event: StagedEvent, height: number): boolean {
  switch (KINDS[event.kind].form) {
    case "regime":
      return height >= event.untilHeight;
    case "campaign":
      return event.done >= event.transfersMeant && event.moving.size === 0;
    case "forgery":
      return event.done > 0;
  }
}
