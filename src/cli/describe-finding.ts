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
  /** As the end of a clause, like the two below; empty where nothing is known. */
  readonly usual: string;
  /** Of a level, which it was before. */
  readonly from: string;
  /** Of spans that are counted one way less the other, which way usually leads: it is told by the verb of the other way. */
  readonly lead: (reverse: "gain" | "lose") => string;
  readonly days: string;
  readonly rose: string;
  /** Of what rises: how many times the usual. */
  readonly times: string;
};

const SENTENCES: Readonly<Partial<Record<SignalKind, (words: Words) => string>>> = {
  "fee-spike": ({ value, usual, days, times }) =>
    `Fees rose to ${value} at the median of ${days}${usual}${usual === "" ? "" : " of the 72 days before"}${times}`,
  "fee-level": ({ value, from, days, rose }) => `The fee level of ${days} ${rose} to ${value}${from}`,
  "inflow-spike": ({ value, usual, days, times }) => `${value} came to exchanges within ${days}${usual}${times}`,
  "outflow-spike": ({ value, usual, days, times }) => `${value} left exchanges within ${days}${usual}${times}`,
  "inflow-streak": ({ value, lead, days }) =>
    `Over ${days}, exchanges gained coins in ${value} more spans of six days than they lost them in${lead("lose")}`,
  "outflow-streak": ({ value, lead, days }) =>
    `Over ${days}, exchanges lost coins in ${value} more spans of six days than they gained them in${lead("gain")}`,
  "reserve-change": ({ value, usual, days, rose }) =>
    `What exchanges hold ${rose} by ${value} within ${days}${usual}${usual === "" ? "" : " either way"}`,
};

function wordsOf(finding: DayFinding): Words {
  const { firstDay, day, value, usual, direction } = finding;
  const ratio = value / (usual ?? 0);
  return {
    value: amountOf(finding, value),
    usual:
      usual === null
        ? ""
        : usual === 0
          ? ", where usually there is none"
          : `, against the usual ${amountOf(finding, usual)}`,
    from: usual === null ? "" : `, from ${amountOf(finding, usual)}`,
    lead: (reverse) => (usual === null ? "" : leadOf(finding, usual, reverse)),
    days: `${day - firstDay + 1} days`,
    rose: direction === "above" ? "rose" : "fell",
    times: direction === "above" && Number.isFinite(ratio) && ratio >= 2 ? ` (${timesOf(ratio)} times as much)` : "",
  };
}

function leadOf(finding: DayFinding, usual: number, reverse: string): string {
  if (usual === 0) return "; usually as many go either way";
  return usual < 0
    ? `; usually they ${reverse} in ${amountOf(finding, -usual)} more`
    : `, against the usual ${amountOf(finding, usual)}`;
}

function timesOf(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString("en-US");
}

function rankOf({ unit, direction }: DayFinding, { percentile, sampleSize }: Surprise): string {
  const share = percentile === 100 ? "all" : `${(Math.floor(10 * percentile) / 10).toFixed(1)} %`;
  if (unit === "count")
    return `a clearer lean than in ${share} of the ${sampleSize.toLocaleString("en-US")} spans before`;
  const than = direction === "above" ? "more" : unit === "sat/vB" ? "lower" : "less";
  return `${than} than in ${share} of the ${sampleSize.toLocaleString("en-US")} days before`;
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
