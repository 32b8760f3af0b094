/** Up to here the database of Core, and so the file, has output indexes in the order of their numbers. */
const LAST_IN_ORDER = 16_511;

/** Whether the 32 bytes of `next` at `start` are greater than `previous`. */
export function isAscending(previous: Uint8Array, next: Uint8Array, start: number): boolean {
  for (let index = 0; index < 32; index += 1) {
    const difference = (next[start + index] ?? 0) - (previous[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/**
 * Whether an output follows the one before it (-1: none) in the order of numbers, which is that of the set's hash.
 * `undefined` where it follows in no order: Core sorts by the bytes of the VARINT, in which 16,512 comes before 256.
 */
export function checkOutputOrder(previous: number, next: number): boolean | undefined {
  if (next > previous) return true;
  return previous > LAST_IN_ORDER && next !== previous ? false : undefined;
}
