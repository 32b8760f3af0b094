/** What a miner wrote into the coinbase, as UTF-8 with everything else left out; pools sign with a tag in it. */
export function coinbaseText(script: Uint8Array): string {
  let text = "";
  let offset = 0;
  while (offset < script.length) {
    const length = utf8Length(script, offset);
    if (length > 0) text += String.fromCodePoint(codePoint(script, offset, length));
    offset += Math.max(1, length);
  }
  return text;
}

/** The smallest code point of each length: less is an overlong form, which is no UTF-8. */
const SMALLEST = [0, 0x20, 0xa0, 0x800, 0x1_0000] as const;

/** Length of the printable character that begins here; 0 where none does. */
function utf8Length(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset] ?? 0;
  if (first < 0x80) return first >= 0x20 && first < 0x7f ? 1 : 0;
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first >= 0xf5 || offset + length > bytes.length) return 0;
  for (let index = 1; index < length; index += 1) {
    if (((bytes[offset + index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  const point = codePoint(bytes, offset, length);
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return point < (SMALLEST[length] ?? 0) || point > 0x10_ffff || isSurrogate ? 0 : length;
}

function codePoint(bytes: Uint8Array, offset: number, length: number): number {
  let point = length === 1 ? (bytes[offset] ?? 0) : (bytes[offset] ?? 0) & (0xff >> (length + 1));
  for (let index = 1; index < length; index += 1) point = point * 64 + ((bytes[offset + index] ?? 0) & 0x3f);
  return point;
}
