import { COIN } from "#bitcoin";
import { dateOf } from "#features";
import type { DayFinding, SignalKind, Surprise } from "#signals";

/** One line for a person: what happened, compared with what, and what it had to pass. */
export function describeFinding(finding: DayFinding, firstDay: number): string {
  const { kind, day, level, surprise, strength } = finding;
  const rank = surprise === null ? "" : `, ${rankOf(finding, surprise)}`;
  const passed = `${strength.toFixed(2)} times the level of ${amountOf(finding, level)}`;
  return `${dateOf(firstDay + day)}  ${SENTENCES[kind]?.(wordsOf(finding)) ?? kind}${rank} (${kind}, ${passed})`;
}

type Words = {
  readonly value: string;
  readonly usual: string;
  readonly days: string;
  readonly rose: string;
  /** Of what rises: how many times the usual. */
  readonly times: string;
};

const SENTENCES: Readonly<Partial<Record<SignalKind, (words: Words) => string>>> = {
  "fee-spike": ({ value, usual, days, times }) =>
    `Fees rose to ${value}, the middle of ${days}; over the 72 days before, ${usual} was usual${times}`,
  "fee-level": ({ value, usual, days, rose }) => `The fee level of ${days} ${rose} to ${value}, from ${usual}`,
  "inflow-spike": ({ value, usual, days, times }) =>
    `${value} came to exchanges within ${days}, where ${usual} is usual${times}`,
  "outflow-spike": ({ value, usual, days, times }) =>
    `${value} left exchanges within ${days}, where ${usual} is usual${times}`,
  "inflow-streak": ({ value, usual, days }) =>
    `In ${days}, spans of six days in which more came to exchanges than left outnumber the others by ${value}, where ${usual} is usual`,
  "outflow-streak": ({ value, usual, days }) =>
    `In ${days}, spans of six days in which more left exchanges than came outnumber the others by ${value}, where ${usual} is usual`,
  "reserve-change": ({ value, usual, days, rose }) =>
    `What exchanges hold ${rose} by ${value} within ${days}, where ${usual} either way is usual`,
};

function wordsOf(finding: DayFinding): Words {
  const { firstDay, day, value, usual, direction } = finding;
  const ratio = value / (usual ?? 0);
  return {
    value: amountOf(finding, value),
    usual: usual === null ? "nothing known" : amountOf(finding, usual),
    days: `${day - firstDay + 1} days`,
    rose: direction === "above" ? "rose" : "fell",
    times: direction === "above" && Number.isFinite(ratio) && ratio >= 2 ? ` (${timesOf(ratio)} times as much)` : "",
  };
}

function timesOf(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString("en-US");
}

function rankOf({ unit, direction }: DayFinding, { percentile, sampleSize }: Surprise): string {
  const compared = unit === "count" ? "spans" : "days";
  const share = percentile === 100 ? "all" : `${(Math.floor(10 * percentile) / 10).toFixed(1)} %`;
  const than = direction === "above" ? "more" : unit === "sat/vB" ? "lower" : "less";
  return `${than} than in ${share} of the ${sampleSize.toLocaleString("en-US")} ${compared} before`;
}

function amountOf({ unit }: DayFinding, amount: number): string {
  if (unit === "sats") return `${Math.round(amount / COIN).toLocaleString("en-US")} BTC`;
  if (unit === "count") return String(amount);
  return `${amount >= 100 ? amount.toFixed(0) : amount.toPrecision(3)} ${unit}`;
}

/** One object a line; amounts in satoshis, as everywhere. */
export function jsonOfFinding(finding: DayFinding, firstDay: number): string {
  const { kind, day, firstDay: begin, direction, unit, value, level, usual, surprise, strength } = finding;
  const dates = { date: dateOf(firstDay + day), from: dateOf(firstDay + begin) };
  const measured = { unit, value, level, usual, strength };
  const rank = { percentile: surprise?.percentile ?? null, sample_size: surprise?.sampleSize ?? null };
  return JSON.stringify({ kind, ...dates, direction, ...measured, ...rank });
}
