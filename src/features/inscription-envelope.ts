import type { WitnessView } from "#bitcoin";

const OP = {
  false: 0x00,
  pushData1: 0x4c,
  pushData2: 0x4d,
  pushData4: 0x4e,
  reserved: 0x50,
  sixteen: 0x60,
  if: 0x63,
  endIf: 0x68,
};

/** First byte of an annex (BIP341), and the leaf version of tapscript (BIP342) with either parity. */
const ANNEX = 0x50;
const TAPSCRIPT = 0xc0;

/** What opens an envelope: OP_FALSE OP_IF and a push of `ord`. Source: the ordinals handbook, "Inscriptions". */
const OPENING = [OP.false, OP.if, 0x03, 0x6f, 0x72, 0x64];

export type Envelopes = { count: number; bytes: number };

/**
 * Adds the inscription envelopes that the witness of an input shows: in the tapscript of a script path spend, from
 * OP_FALSE to OP_ENDIF with pushes alone between. `bytes` are those of the whole envelopes.
 */
export function addEnvelopes(block: Uint8Array, witness: WitnessView, found: Envelopes): void {
  const { items, lastStart, secondLastStart, secondLastEnd, thirdLastStart, thirdLastEnd } = witness;
  if (items < 2) return;
  if (block[lastStart] === ANNEX && witness.lastEnd > lastStart) {
    if (items < 3 || !isControlBlock(block, secondLastStart, secondLastEnd)) return;
    scanScript(block, thirdLastStart, thirdLastEnd, found);
  } else if (isControlBlock(block, lastStart, witness.lastEnd)) {
    scanScript(block, secondLastStart, secondLastEnd, found);
  }
}

function isControlBlock(block: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  return length >= 33 && (length - 33) % 32 === 0 && ((block[start] ?? 0) & 0xfe) === TAPSCRIPT;
}

/** Goes from opcode to opcode, so that what looks like an envelope inside a push is none. */
function scanScript(block: Uint8Array, start: number, end: number, found: Envelopes): void {
  let offset = start;
  while (offset < end) {
    const envelopeEnd = opensEnvelope(block, offset, end) ? endOfEnvelope(block, offset, end) : -1;
    if (envelopeEnd !== -1) {
      found.count += 1;
      found.bytes += envelopeEnd - offset;
      offset = envelopeEnd;
    } else {
      offset = nextOpcode(block, offset, end);
    }
  }
}

function opensEnvelope(block: Uint8Array, offset: number, end: number): boolean {
  if (block[offset] !== OP.false || block[offset + 1] !== OP.if) return false;
  return offset + OPENING.length <= end && OPENING.every((byte, index) => block[offset + index] === byte);
}

/** After its OP_ENDIF; -1 where something else than pushes comes first, or nothing any more. */
function endOfEnvelope(block: Uint8Array, start: number, end: number): number {
  let offset = start + OPENING.length;
  while (offset < end) {
    const opcode = block[offset] ?? 0;
    if (opcode === OP.endIf) return offset + 1;
    if (opcode > OP.sixteen || opcode === OP.reserved) return -1;
    offset = nextOpcode(block, offset, end);
  }
  return -1;
}

/** Where the next opcode stands; `end` or more where the script is cut off within a push. */
function nextOpcode(block: Uint8Array, offset: number, end: number): number {
  const opcode = block[offset] ?? 0;
  if (opcode < OP.pushData1) return offset + 1 + opcode;
  const lengthBytes = opcode === OP.pushData1 ? 1 : opcode === OP.pushData2 ? 2 : opcode === OP.pushData4 ? 4 : 0;
  let length = 0;
  for (let index = 0; index < lengthBytes; index += 1) {
    length += (offset + 1 + index < end ? (block[offset + 1 + index] ?? 0) : 0) * 2 ** (8 * index);
  }
  return offset + 1 + lengthBytes + length;
}
