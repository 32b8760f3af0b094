import { drawWait, powerOfTwo } from "../chance/octaves.ts";
import type { Random } from "../chance/random.ts";

/** How fast blocks are found. */
export type HashPower = {
  /** Octaves of the network's hash rate around its usual. */
  octaves: number;
  /** Compact target of the next block. */
  bits: number;
  /** Header time of the block that began this difficulty period. */
  periodStart: number;
};

export const RETARGET_BLOCKS = 2016;
const SPACING = 600;

/** A sixteenth of the network's limit, so that difficulty can rise and fall; about 32 tries find a block. */
const USUAL_TARGET = 0x7f_ffff / 16;
const LIMIT = 0x7f_ffff;
const EXPONENT = 0x20;

const REVERSION = 1 / 1500;
const WOBBLE = 0.006;

export function createHashPower(): HashPower {
  return { octaves: 0, bits: bitsOf(USUAL_TARGET), periodStart: 0 };
}

/** Moves on by a block. */
export function moveHashPower(power: HashPower, random: Random): void {
  power.octaves += -power.octaves * REVERSION + random.bell() * WOBBLE;
}

/** Seconds until the next block, by chance; `stagedOctaves`: what an event adds to the hash rate. */
export function drawBlockInterval(power: HashPower, stagedOctaves: number, random: Random): number {
  const difficulty = USUAL_TARGET / targetOf(power.bits);
  const mean = (SPACING * difficulty) / powerOfTwo(power.octaves + stagedOctaves);
  return drawWait(random, mean);
}

/** After the block of this height: a new target every 2016 blocks. Source: Core `CalculateNextWorkRequired`. */
export function retarget(power: HashPower, height: number, headerTime: number): void {
  if (height % RETARGET_BLOCKS === 0) power.periodStart = headerTime;
  if (height % RETARGET_BLOCKS !== RETARGET_BLOCKS - 1) return;
  const planned = RETARGET_BLOCKS * SPACING;
  const taken = Math.max(planned / 4, Math.min(headerTime - power.periodStart, planned * 4));
  power.bits = bitsOf(Math.min(LIMIT, (targetOf(power.bits) * taken) / planned));
}

/** The three highest bytes of the target; the lower ones are zero. */
export function targetOf(bits: number): number {
  return (bits & 0xff_ffff) * (bits >>> 24 === EXPONENT ? 1 : 1 / 256);
}

/** Compact form (Core `GetCompact`): three bytes of mantissa; their highest bit is a sign and stays clear. From 128 on. */
function bitsOf(target: number): number {
  if (target >= 0x8000) return ((EXPONENT << 24) | Math.floor(target)) >>> 0;
  return (((EXPONENT - 1) << 24) | Math.floor(target * 256)) >>> 0;
}
