/** 2031-01-01T00:00:00Z: simulated time is visibly not today's. */
export const EPOCH = 1_924_992_000;

const SPACING = 600;
const JITTER = 30;

/** Header time of a height: one block in ten minutes, up to half a minute early or late. A function of the height alone. */
export function timeOf(height: number): number {
  return EPOCH + SPACING * height + jitterOf(height);
}

/** Height of the newest block whose header time is at most `time`; -1 before block 0. */
export function heightAt(time: number): number {
  const height = Math.floor((time - EPOCH + JITTER) / SPACING);
  if (height < 0) return -1;
  return timeOf(height) <= time ? height : height - 1;
}

/** Mixes the height's bits (the finaliser of MurmurHash3) into -30…30. */
function jitterOf(height: number): number {
  if (height === 0) return 0;
  let mixed = Math.imul(height ^ (height >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (((mixed ^ (mixed >>> 16)) >>> 0) % (2 * JITTER + 1)) - JITTER;
}
