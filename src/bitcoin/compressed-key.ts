import { FIELD_PRIME, squareRoot } from "./compressed-key-root.ts";

/** All that is remembered is forgotten beyond this: some megabytes. */
const MAX_KNOWN_KEYS = 20_000;

/**
 * Public keys of secp256k1 without the coordinate that follows from the other one. Remembers what it worked out: a
 * block mostly spends many coins of few such keys, and the next ones some of the same. Source: SEC 1, 2.3.4; Core
 * `compressor.cpp`.
 */
export class CompressedKeys {
  readonly #known = new Map<bigint, Uint8Array>();

  /** The 65 bytes of the uncompressed key; `undefined` where no point has the 32 bytes at `start` as its x. */
  uncompressed(view: DataView, start: number, odd: boolean): Uint8Array | undefined {
    const x = readNumber(view, start);
    const name = x * 2n + (odd ? 1n : 0n);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const y = findY(x, odd);
    if (y === undefined) return undefined;
    const key = new Uint8Array(65);
    key[0] = 4;
    const bytes = new DataView(key.buffer);
    writeNumber(bytes, 1, x);
    writeNumber(bytes, 33, y);
    if (this.#known.size === MAX_KNOWN_KEYS) this.#known.clear();
    this.#known.set(name, key);
    return key;
  }
}

/** y² = x³ + 7 */
function findY(x: bigint, odd: boolean): bigint | undefined {
  if (x >= FIELD_PRIME) return undefined;
  const square = (((x * x) % FIELD_PRIME) * x + 7n) % FIELD_PRIME;
  const root = squareRoot(square);
  if ((root * root) % FIELD_PRIME !== square) return undefined;
  return (root & 1n) === (odd ? 1n : 0n) ? root : FIELD_PRIME - root;
}

function readNumber(view: DataView, start: number): bigint {
  let value = 0n;
  for (let offset = start; offset < start + 32; offset += 8) value = (value << 64n) | view.getBigUint64(offset);
  return value;
}

function writeNumber(view: DataView, start: number, value: bigint): void {
  for (let offset = 0; offset < 32; offset += 8) {
    view.setBigUint64(start + offset, BigInt.asUintN(64, value >> BigInt(192 - offset * 8)));
  }
}
