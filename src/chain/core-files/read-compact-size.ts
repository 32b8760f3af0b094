/** A count at the head of a block or an undo, good enough to tell candidates apart; who decodes the data is strict. */
export function readCompactSize(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset] ?? 0;
  if (first < 0xfd) return first;
  const size = first === 0xfd ? 2 : 4;
  return bytes.subarray(offset + 1, offset + 1 + size).reduce((value, byte, index) => value + byte * 256 ** index, 0);
}
