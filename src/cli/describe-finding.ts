import { COIN } from "#bitcoin";
import { dateOf } from "#features";
import type { DayFinding, Surprise } from "#signals";

/** One line for a person. */
export function describeFinding(finding: DayFinding, firstDay: number): string {
  const { kind, day, firstDay: begin, value, level, usual, surprise, direction, strength } = finding;
  const tell = (amount: number): string => amountOf(finding, amount);
  const days = day - begin + 1;
  const parts = [
    `${tell(value)} in ${days} days`,
    `level ${tell(level)}`,
    ...(usual === null ? [] : [`usual ${tell(usual)}`]),
    ...(surprise === null ? [] : [rankOf(finding, surprise)]),
  ];
  const passed = `${strength.toFixed(2)} times the level`;
  return `${dateOf(firstDay + day)}  ${kind.padEnd(14)}  ${direction}  ${passed}: ${parts.join(", ")}`;
}

function rankOf({ unit }: DayFinding, { percentile, sampleSize }: Surprise): string {
  const compared = unit === "count" ? "spans" : "days";
  return `beyond ${percentile.toFixed(2)} % of ${sampleSize} ${compared} before`;
}

function amountOf({ unit }: DayFinding, amount: number): string {
  if (unit === "sats") return `${Math.round(amount / COIN).toLocaleString("en-US")} BTC`;
  if (unit === "count") return `${amount} spans of six days`;
  return `${amount.toPrecision(3)} ${unit}`;
}

/** One object a line; amounts in satoshis, as everywhere. */
export function jsonOfFinding(finding: DayFinding, firstDay: number): string {
  const { kind, day, firstDay: begin, direction, unit, value, level, usual, surprise, strength } = finding;
  const dates = { date: dateOf(firstDay + day), from: dateOf(firstDay + begin) };
  const measured = { unit, value, level, usual, strength };
  const rank = { percentile: surprise?.percentile ?? null, sample_size: surprise?.sampleSize ?? null };
  return JSON.stringify({ kind, ...dates, direction, ...measured, ...rank });
}
