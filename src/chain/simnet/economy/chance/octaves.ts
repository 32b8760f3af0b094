import type { Random } from "./random.ts";

const STEPS = 64;
const STEP_GROWTH = 1.0108892860517005;
const LOWEST = -16;
const HIGHEST = 40;

/**
 * 2^0, 2^(1/64), … 2^(63/64) by multiplication: Math.pow, Math.exp and Math.log may differ in the last bit between
 * engines, and then two machines would not make the same block.
 */
const FRACTIONS: readonly number[] = Array.from({ length: STEPS }, (_, index) => {
  let power = 1;
  for (let step = 0; step < index; step += 1) power *= STEP_GROWTH;
  return power;
});

/** 2 to the power of `octaves`, to a relative error of 2·10^-5, between -16 and 40 octaves. */
export function powerOfTwo(octaves: number): number {
  const bounded = Math.max(LOWEST, Math.min(octaves, HIGHEST));
  const whole = Math.floor(bounded);
  const steps = (bounded - whole) * STEPS;
  const step = Math.floor(steps);
  const fraction = (FRACTIONS[step] ?? 1) * (1 + (steps - step) * (STEP_GROWTH - 1));
  return whole >= 0 ? fraction * 2 ** whole : fraction / 2 ** -whole;
}

/** Logarithm to base 2 of a positive number, to 10^-12, by exact operations alone. */
export function log2(value: number): number {
  let rest = value;
  let whole = 0;
  for (; rest >= 1.5; whole += 1) rest /= 2;
  for (; rest < 0.75; whole -= 1) rest *= 2;
  const z = (rest - 1) / (rest + 1);
  const square = z * z;
  let sum = 0;
  for (let power = 19; power >= 1; power -= 2) sum = sum * square + 1 / power;
  return whole + sum * z * (2 / Math.LN2);
}

/** A whole number from `least` to `least`·2^`octaves`, every octave as likely as every other. */
export function drawAcrossOctaves(random: Random, least: number, octaves: number): number {
  return Math.floor(least * powerOfTwo(random.unit() * octaves));
}

/** A whole number around `usual`, as often twice as half of it; `spread` octaves are one standard deviation. */
export function drawAround(random: Random, usual: number, spread: number): number {
  return Math.floor(usual * powerOfTwo(random.bell() * spread));
}

/** How long until something that comes by chance, once in `mean` on average. */
export function drawWait(random: Random, mean: number): number {
  return -log2(1 - random.unit()) * Math.LN2 * mean;
}

/** How often something happens that comes by chance, `mean` times on average. */
export function drawCount(random: Random, mean: number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.bell()));
  let count = 0;
  for (let waited = drawWait(random, 1); waited < mean; waited += drawWait(random, 1)) count += 1;
  return count;
}
