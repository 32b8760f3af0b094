import type { Measurement, Signal } from "#signals";
import type { EvidenceMetric, Slots } from "../insight.ts";

/** What stands out in a signal. Each has something. */
export function measured({ kind, metrics: [first] }: Signal): Measurement {
  if (first === undefined) throw new Error(`a signal of kind ${kind} has measured nothing`);
  return first;
}

/** Rank of a signal in its own history, where there is enough of it. */
export function surpriseSlots({ surprise }: Signal): Slots {
  return surprise === null
    ? {}
    : {
        percentile: { unit: "percent", value: surprise.percentile },
        sample: { unit: "count", value: surprise.sampleSize },
      };
}

/** Value, usual value and the level that it had to pass, as slots `value`, `baseline` and `level`. */
export function measuredSlots(signal: Signal): Slots {
  const { unit, value, baseline, level } = measured(signal);
  return {
    value: { unit, value },
    ...(baseline === null ? {} : { baseline: { unit, value: baseline } }),
    ...(level === null ? {} : { level: { unit, value: level } }),
    height: { unit: "height", value: signal.height },
    ...(signal.subject === null ? {} : { subject: { unit: "name", value: signal.subject.actor } }),
    ...surpriseSlots(signal),
  };
}

/**
 * What is usual, as the end of a clause: beside nothing a number says less than that there is none.
 * @param place of its slot in a template
 */
export function besideUsual(usual: number | null, place = "{baseline}", none = "there is none"): string {
  if (usual === null) return "";
  return usual === 0 ? `, where usually ${none}` : `, against the usual ${place}`;
}

/** All that was measured, as evidence; the rank belongs to what stands out. */
export function comparison({ metrics, surprise }: Signal): EvidenceMetric[] {
  return metrics.map(({ name, unit, value, baseline }, place) => ({
    name,
    unit,
    value,
    baseline,
    percentile: place === 0 ? (surprise?.percentile ?? null) : null,
    sampleSize: place === 0 ? (surprise?.sampleSize ?? null) : null,
  }));
}
