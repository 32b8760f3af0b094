import type { LargeTransferSignal } from "#signals";
import type { Slots } from "./insight.ts";
import type { Statement } from "./statement.ts";

/** "10,000 BTC moved in one transaction". */
export function stateLargeTransfer(signal: LargeTransferSignal): Statement {
  const { transfer, surprise } = signal;
  const slots: Slots = {
    value: { unit: "sats", value: transfer.value },
    fee: { unit: "sats", value: transfer.fee },
    threshold: { unit: "sats", value: signal.threshold },
    height: { unit: "height", value: signal.height },
    txid: { unit: "txid", value: transfer.txid },
    largest: { unit: "sats", value: transfer.toValue },
    inputs: { unit: "count", value: transfer.inputs },
    outputs: { unit: "count", value: transfer.outputs },
    ...(transfer.toAddress === null ? {} : { receiver: { unit: "address", value: transfer.toAddress } }),
    ...(surprise === null
      ? {}
      : {
          percentile: { unit: "percent", value: surprise.percentile },
          sample: { unit: "count", value: surprise.sampleSize },
        }),
  };
  return {
    category: "whale",
    anchor: transfer.txid,
    slots,
    headline: "{value} moved in one transaction",
    summary: `Transaction {txid} in block {height} pays {value} to addresses that it does not spend from, ${share(signal)}. ${compare(signal)} Whose they are is not known: it may be a payment, or a move between wallets of one owner.`,
    rule: "One transaction pays {threshold} or more to scripts that it does not spend from.",
    transactions: [
      { txid: transfer.txid, valueSats: transfer.value, feeSats: transfer.fee, toAddress: transfer.toAddress },
    ],
    metrics: [
      {
        name: "Transfer value without change",
        unit: "sats",
        value: transfer.value,
        baseline: null,
        percentile: surprise?.percentile ?? null,
        sampleSize: surprise?.sampleSize ?? null,
      },
    ],
  };
}

/** What goes to the largest receiver. */
function share({ transfer }: LargeTransferSignal): string {
  const receiver = transfer.toAddress === null ? "a script without an address" : "{receiver}";
  return transfer.toValue === transfer.value
    ? `all of it to ${receiver}`
    : `the largest part, {largest}, to ${receiver}`;
}

function compare({ surprise }: LargeTransferSignal): string {
  return surprise === null
    ? "There is too little history here to rank it."
    : "That is more than the largest transfer in {percentile} of the {sample} blocks before.";
}
