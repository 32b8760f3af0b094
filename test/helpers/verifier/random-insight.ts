import { composeInsight, type Insight } from "#insights";
import { sha256 } from "#lib";
import { type Signal, SIGNAL_KINDS, type TimedSignal } from "#signals";
import { type Random, randomSignal } from "./random-signal.ts";

/** An insight of each kind in turn, with figures of any size; every other of a flow with single payments that are part of it. */
export function randomInsight(random: Random, place: number): Insight {
  const signal = randomSignal(random, SIGNAL_KINDS[place % SIGNAL_KINDS.length]);
  const blockTime = 1_700_000_000 + 600 * place;
  const payments = /flow-spike|treasury|payout/.test(signal.kind)
    ? randomPayments(random, signal, blockTime)
    : undefined;
  return composeInsight(signal, { blockTime, simulated: false, payments, sha256 });
}

function randomPayments(random: Random, flow: Signal, time: number): TimedSignal[] {
  const count = random() < 0.5 ? 0 : random() < 0.7 ? 1 : 2;
  return Array.from({ length: count }, (_, place) => {
    const transfer = randomSignal(random, "large-transfer");
    const isSale = flow.kind === "inflow-spike" && place === 0 && random() < 0.3;
    const found = isSale ? { ...randomSale(random, flow), transfers: transfer.transfers } : transfer;
    const height = flow.height - Math.floor(random() * 9);
    const transfers = found.transfers.map((transfer) => ({
      ...transfer,
      from: transfer.from?.actor === flow.subject?.actor ? null : transfer.from,
      to: transfer.to?.actor === flow.subject?.actor ? null : transfer.to,
    }));
    return { signal: { ...found, height, startHeight: isSale ? height - 11 : height, transfers }, time };
  });
}

/** A pool's sale to the exchange of an inflow. */
function randomSale(random: Random, flow: Signal): Signal {
  const sale = randomSignal(random, "treasury-sale");
  return sale.subject?.actor === flow.subject?.actor ? randomSale(random, flow) : sale;
}
