import type { Signal } from "#signals";
import type { Slots } from "../insight.ts";
import type { Statement } from "../statement.ts";
import { comparison, measured, surpriseSlots } from "./measured.ts";

/** "10,000 BTC moved in one transaction". */
export function stateLargeTransfer(signal: Signal): Statement {
  const [transfer] = signal.transfers;
  if (transfer === undefined) throw new Error("a large transfer cites its transaction");
  const { level } = measured(signal);
  const slots: Slots = {
    value: { unit: "sats", value: transfer.value },
    fee: { unit: "sats", value: transfer.fee },
    ...(level === null ? {} : { level: { unit: "sats", value: level } }),
    height: { unit: "height", value: signal.height },
    txid: { unit: "txid", value: transfer.txid },
    largest: { unit: "sats", value: transfer.toValue },
    inputs: { unit: "count", value: transfer.inputs },
    outputs: { unit: "count", value: transfer.outputs },
    ...(transfer.toAddress === null ? {} : { receiver: { unit: "address", value: transfer.toAddress } }),
    ...(transfer.from === null ? {} : { sender: { unit: "name", value: transfer.from.actor } }),
    ...(transfer.to === null ? {} : { winner: { unit: "name", value: transfer.to.actor } }),
    ...surpriseSlots(signal),
  };
  return {
    anchor: transfer.txid,
    slots,
    headline: `{value} moved${transfer.from === null ? "" : " from {sender}"}${transfer.to === null ? "" : " to {winner}"}${transfer.from === null || transfer.to === null ? " in one transaction" : ""}`,
    summary: `Transaction {txid} in block {height} pays {value} apart from change, ${shareOf(signal)}. ${compare(signal)}${ownersOf(signal)}`,
    rule: "One transaction pays {level} or more to scripts that it does not spend from.",
    metrics: comparison(signal),
  };
}

/** What goes to the largest receiver. */
function shareOf({ transfers: [transfer] }: Signal): string {
  const receiver = transfer?.toAddress === null ? "a script without an address" : "{receiver}";
  return transfer?.toValue === transfer?.value
    ? `all of it to ${receiver}`
    : `the largest part, {largest}, to ${receiver}`;
}

function compare({ surprise }: Signal): string {
  if (surprise === null) return "There is too little history to say how rare that is.";
  const share = surprise.percentile === 100 ? "the" : "{percentile} of the";
  return `That is more than any transfer in ${share} {sample} blocks before.`;
}

/** What the sides of a transfer mean: a label says who it is, no label leaves a plain move possible. Two labels say that it is no move within one wallet. */
function ownersOf({ transfers: [transfer] }: Signal): string {
  const [from, to] = [transfer?.from ?? null, transfer?.to ?? null];
  if (from === null && to === null) {
    return " Neither side is known: it may be a payment, or a move between wallets of one owner.";
  }
  if (to?.kind === "exchange")
    return " Coins at an exchange can be traded there; whether they are is not on the chain.";
  if (from !== null && to !== null)
    return " The two are labelled as different owners: by the labels, these coins have another owner now.";
  const unknown = from === null ? "sender" : "receiver";
  return ` The ${unknown} is not known: it may be a payment, or a move between wallets of one owner.`;
}
