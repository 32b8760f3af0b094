import type { Transfer } from "#features";
import type { Signal } from "#signals";
import type { Slots } from "../insight.ts";
import type { Statement } from "../statement.ts";
import { besideUsual, comparison, measured, measuredSlots } from "./measured.ts";

/** "3,412 BTC moved after more than a year". */
export function stateRevivedSupply(signal: Signal): Statement {
  return {
    anchor: `height ${signal.height}`,
    slots: agedCoinsSlots(signal),
    headline: "{value} moved after more than a year",
    summary: `Coins that had lain still for a year or more changed hands in block {height}: {value}${besideUsual(measured(signal).baseline)}; that is more than in {percentile} of the {sample} blocks before. ${largest(signal)}`,
    rule: "Coins of a year or more that change hands come to {level} or more, which blocks of the two weeks before would pass as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}

/** "412,345 coin days destroyed in one block". */
export function stateCoinDaysDestroyed(signal: Signal): Statement {
  return {
    anchor: `height ${signal.height}`,
    slots: agedCoinsSlots(signal),
    headline: "{value} destroyed in one block",
    summary: `Coins that changed hands in block {height} destroyed {value} (their amount times the days that they lay still)${besideUsual(measured(signal).baseline)}: more than in {percentile} of the {sample} blocks before. ${largest(signal)}`,
    rule: "Coin days of what changes hands come to {level} or more, which blocks of the two weeks before would pass as often as the budget for false alarms allows.",
    metrics: comparison(signal),
  };
}

function agedCoinsSlots(signal: Signal): Slots {
  const [transfer] = signal.transfers;
  return { ...measuredSlots(signal), ...(transfer === undefined ? {} : transferSlots(transfer)) };
}

function transferSlots({ txid, value, coinAgeDays, from }: Transfer): Slots {
  return {
    txid: { unit: "txid", value: txid },
    moved: { unit: "sats", value },
    ...(coinAgeDays === null ? {} : { age: { unit: "days", value: coinAgeDays } }),
    ...(from === null ? {} : { sender: { unit: "name", value: from.actor } }),
  };
}

function largest({ transfers: [transfer] }: Signal): string {
  if (transfer === undefined) return "It comes from many transactions, none of which stands out by itself.";
  const sender = transfer.from === null ? "" : ", sent by {sender}";
  const age = transfer.coinAgeDays === null ? "" : " after {age} on average";
  return `The largest part is transaction {txid}${sender}: {moved}${age}.`;
}
