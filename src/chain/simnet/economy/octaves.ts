import type { Random } from "./random.ts";

const STEPS = 64;
const OCTAVES = 32;

/**
 * 2^0, 2^(1/64), … 2^32 by multiplication: Math.pow and Math.exp may differ in the last bit between engines, and then
 * two machines would not make the same block.
 */
const POWERS: readonly number[] = Array.from({ length: OCTAVES * STEPS + 1 }, (_, index) => {
  let power = 1;
  for (let step = 0; step < index % STEPS; step += 1) power *= 1.0108892860517005;
  for (let octave = 0; octave < Math.floor(index / STEPS); octave += 1) power *= 2;
  return power;
});

/** 2 to the power of `octaves`, in steps of 1/64 and between 0 and 32 octaves. */
export function powerOfTwo(octaves: number): number {
  const step = Math.round(octaves * STEPS);
  return POWERS[Math.max(0, Math.min(step, OCTAVES * STEPS))] ?? 1;
}

/** A whole number from `least` to `least`·2^`octaves`, every octave as likely as every other. */
export function drawAcrossOctaves(random: Random, least: number, octaves: number): number {
  const power = powerOfTwo(random.unit() * octaves);
  return Math.floor(least * power * (1 + random.unit() / 100));
}
