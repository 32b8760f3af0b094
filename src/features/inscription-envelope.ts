import type { WitnessView } from "#bitcoin";

const OP = {
  pushData1: 0x4c,
  pushData2: 0x4d,
  pushData4: 0x4e,
  reserved: 0x50,
  sixteen: 0x60,
  if: 0x63,
  endIf: 0x68,
};

/** First byte of an annex (BIP341). */
const ANNEX = 0x50;

const PROTOCOL = [0x6f, 0x72, 0x64];

export type Envelopes = { count: number; bytes: number };

/**
 * Adds the inscription envelopes that the witness of an input shows: an empty push, OP_IF and a push of `ord`, then
 * pushes alone up to OP_ENDIF. `bytes` are those of the whole envelopes. They are looked for where the script of a script
 * path spend stands, whatever its leaf version and whether the coin is taproot or not; a script that ends within a push
 * has none. Source: ord `src/inscriptions/envelope.rs`, the envelopes of OP_DROP alone left out.
 */
export function addEnvelopes(block: Uint8Array, witness: WitnessView, found: Envelopes): void {
  const { items, lastStart, lastEnd } = witness;
  if (items < 2) return;
  if (lastEnd === lastStart || block[lastStart] !== ANNEX) {
    scanScript(block, witness.secondLastStart, witness.secondLastEnd, found);
  } else if (items > 2) {
    scanScript(block, witness.thirdLastStart, witness.thirdLastEnd, found);
  }
}

/** Goes from opcode to opcode, so that what looks like an envelope inside a push is none. */
function scanScript(block: Uint8Array, start: number, end: number, found: Envelopes): void {
  let count = 0;
  let bytes = 0;
  let offset = start;
  while (offset < end) {
    const opcodeStart = offset;
    const opcode = block[offset] ?? 0;
    // Most witnesses have a signature here, in which there is nothing to find.
    if (opcode > 0 && opcode < OP.pushData1) {
      offset += 1 + opcode;
      continue;
    }
    offset = nextOpcode(block, offset, end);
    if (!isEmptyPush(block, opcodeStart, offset) || offset >= end || block[offset] !== OP.if) continue;
    // What stands before a place that fails is not looked at again.
    offset += 1;
    const protocolEnd = nextOpcode(block, offset, end);
    if (offset >= end || !isProtocol(block, offset, protocolEnd)) continue;
    offset = endOfPushes(block, protocolEnd, end);
    if (offset >= end || block[offset] !== OP.endIf) continue;
    offset += 1;
    count += 1;
    bytes += offset - opcodeStart;
  }
  if (offset > end) return;
  found.count += count;
  found.bytes += bytes;
}

/** Where the first opcode stands that pushes nothing; `end` or more where there is none. */
function endOfPushes(block: Uint8Array, start: number, end: number): number {
  let offset = start;
  while (offset < end) {
    const opcode = block[offset] ?? 0;
    if (opcode > OP.sixteen || opcode === OP.reserved) return offset;
    offset = nextOpcode(block, offset, end);
  }
  return offset;
}

/** OP_FALSE, or its longer spellings with a length of zero. */
function isEmptyPush(block: Uint8Array, start: number, end: number): boolean {
  const opcode = block[start] ?? 0;
  return (
    opcode === 0 || (opcode >= OP.pushData1 && opcode <= OP.pushData4 && end - start === 1 + lengthBytesOf(opcode))
  );
}

/** Whether the opcode pushes `ord`, in whatever spelling. */
function isProtocol(block: Uint8Array, start: number, end: number): boolean {
  const opcode = block[start] ?? 0;
  const dataStart = start + 1 + lengthBytesOf(opcode);
  if (opcode > OP.pushData4 || end - dataStart !== PROTOCOL.length) return false;
  return PROTOCOL.every((byte, index) => block[dataStart + index] === byte);
}

/** Where the next opcode stands; more than `end` where the script is cut off within a push. */
function nextOpcode(block: Uint8Array, offset: number, end: number): number {
  const opcode = block[offset] ?? 0;
  if (opcode < OP.pushData1) return offset + 1 + opcode;
  const lengthBytes = lengthBytesOf(opcode);
  let length = 0;
  for (let index = 0; index < lengthBytes; index += 1) {
    length += (offset + 1 + index < end ? (block[offset + 1 + index] ?? 0) : 0) * 2 ** (8 * index);
  }
  return offset + 1 + lengthBytes + length;
}

function lengthBytesOf(opcode: number): number {
  return opcode === OP.pushData1 ? 1 : opcode === OP.pushData2 ? 2 : opcode === OP.pushData4 ? 4 : 0;
}
