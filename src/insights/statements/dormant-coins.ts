import type { Signal } from "#signals";
import type { Statement } from "../statement.ts";
import { comparison, measuredSlots } from "./measured.ts";

/** "1,204 BTC moved after 412 days". */
export function stateDormantCoins(signal: Signal): Statement {
  const [, moved] = signal.metrics;
  const [oldest] = signal.transfers;
  if (moved === undefined || oldest === undefined) throw new Error("dormant coins cite their transactions");
  return {
    anchor: oldest.txid,
    slots: {
      ...measuredSlots(signal),
      moved: { unit: "sats", value: moved.value },
      txid: { unit: "txid", value: oldest.txid },
      transactions: { unit: "count", value: signal.transfers.length },
    },
    headline: "{moved} moved after {value}",
    summary:
      "Transaction {txid} in block {height} spends coins that had lain still for {value} on average, weighted by their value." +
      " That is older than in any transfer of that size by unlabelled owners in {percentile} of the {sample} blocks before." +
      " Who owns them is not known, and a move between wallets of one owner looks the same as a payment.",
    rule: "A notable transfer of an unlabelled sender spends coins older than {level}, which such transfers would do as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}
