import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, codeOf, messageOf } from "#lib";

/** The key of `xor.dat`: byte i of every file is XOR-ed with byte i mod 8. Only zeros where nothing is to be done. */
export type XorKey = Uint8Array;

const KEY_SIZE = 8;

/** The key of a folder of block files; nodes before Core 28 have none. */
export async function readXorKey(folder: string): Promise<XorKey> {
  const file = join(folder, "xor.dat");
  const key = await readIfThere(file);
  if (key === undefined) return new Uint8Array(KEY_SIZE);
  if (key.length !== KEY_SIZE) {
    throw new AppError("CHAIN_FILES_DAMAGED", `${file} has ${key.length} bytes; the key has ${KEY_SIZE}.`, {
      details: { file },
    });
  }
  return key;
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new AppError("CHAIN_FILE_UNREADABLE", `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
}

export function isNoKey(key: XorKey): boolean {
  for (let index = 0; index < KEY_SIZE; index += 1) if (key[index] !== 0) return false;
  return true;
}

/** Fewer bytes are gone through one by one: preparing for more of them takes longer. */
const FEW_BYTES = 256;

/** XORs, in place, bytes that stand at `fileOffset`. They begin at a multiple of four in their memory. */
export function unmask(bytes: Uint8Array, fileOffset: number, key: XorKey): void {
  if (isNoKey(key)) return;
  let done = 0;
  if (bytes.length >= FEW_BYTES) {
    const turned = Uint8Array.from(key, (_, index) => key[(fileOffset + index) % KEY_SIZE] ?? 0);
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, (bytes.length >>> 5) << 3);
    unmaskWords(words, new Uint32Array(turned.buffer));
    done = words.byteLength;
  }
  const start = fileOffset % KEY_SIZE;
  for (; done < bytes.length; done += 1) bytes[done] = (bytes[done] ?? 0) ^ (key[(start + done) % KEY_SIZE] ?? 0);
}

/** Eight words, four times the key, a turn: a loop of one word takes twice as long. */
function unmaskWords(words: Uint32Array, [even = 0, odd = 0]: Uint32Array): void {
  for (let at = 0; at + 7 < words.length; at += 8) {
    words[at] = (words[at] ?? 0) ^ even;
    words[at + 1] = (words[at + 1] ?? 0) ^ odd;
    words[at + 2] = (words[at + 2] ?? 0) ^ even;
    words[at + 3] = (words[at + 3] ?? 0) ^ odd;
    words[at + 4] = (words[at + 4] ?? 0) ^ even;
    words[at + 5] = (words[at + 5] ?? 0) ^ odd;
    words[at + 6] = (words[at + 6] ?? 0) ^ even;
    words[at + 7] = (words[at + 7] ?? 0) ^ odd;
  }
}
