import type { ChartPoint } from "../charts/chart-model.ts";

type Told = { readonly time: string; readonly name: string; readonly value: number };
type Line = { readonly name: string; readonly points: readonly ChartPoint[] };

/** What was counted, a line of each name, the commonest first; beyond `most` names the rest are one line. */
export function linesOf(told: readonly Told[], most = Infinity): readonly Line[] {
  const times = [...new Set(told.map(({ time }) => time))].toSorted();
  const sums = new Map<string, number>();
  for (const { name, value } of told) sums.set(name, (sums.get(name) ?? 0) + value);
  const names = [...sums].toSorted((left, right) => right[1] - left[1]).map(([name]) => name);
  const own = new Set(names.slice(0, most));
  const counts = new Map<string, Map<string, number>>();
  for (const { time, name, value } of told) {
    const line = own.has(name) ? name : "others";
    const byTime = counts.get(line) ?? new Map<string, number>();
    counts.set(line, byTime.set(time, (byTime.get(time) ?? 0) + value));
  }
  return [...own, ...(names.length > own.size ? ["others"] : [])].map((name) => ({
    name,
    points: times.map((time) => ({ time, height: null, value: counts.get(name)?.get(time) ?? 0 })),
  }));
}
