import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError, codeOf, messageOf } from "#lib";

/** `blk` holds blocks, `rev` what undoes them. Files of the same number belong together. */
export type FileKind = "blk" | "rev";

const FILE_NAME = /^(blk|rev)(\d{5,9})\.dat$/;

/** A home has dozens of folders; a disk of a thousand is no place to guess in. */
const FOLDERS_TO_TRY = 100;

/** Where a node puts the blocks of networks other than the main one, below its data directory. */
const NETWORK_FOLDERS = ["testnet3", "testnet4", "signet", "regtest"] as const;

export function fileName(kind: FileKind, file: number): string {
  return `${kind}${String(file).padStart(5, "0")}.dat`;
}

/** Numbers of the files of a kind, ascending. */
export async function listFiles(folder: string, kind: FileKind): Promise<number[]> {
  return numbersOf(await listNames(folder), kind);
}

function numbersOf(names: readonly string[], kind: FileKind): number[] {
  return names
    .flatMap((name) => {
      const [, found, digits] = FILE_NAME.exec(name) ?? [];
      return found === kind ? [Number(digits)] : [];
    })
    .toSorted((left, right) => left - right);
}

/** The folder with the `blk` files: `blocks` in the data directory, or the path itself. */
export async function findBlockFolder(path: string): Promise<string> {
  for (const folder of [join(path, "blocks"), path]) {
    if (await holdsBlocks(folder)) return folder;
  }
  throw new AppError("CHAIN_FILES_NOT_FOUND", await describeAbsence(path), { details: { path } });
}

async function holdsBlocks(folder: string): Promise<boolean> {
  try {
    return numbersOf(await readdir(folder), "blk").length > 0;
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw unreadable(folder, error);
  }
}

async function describeAbsence(path: string): Promise<string> {
  if (!(await exists(path))) return `${path} does not exist: expected the data directory of Bitcoin Core.`;
  const guess = (await findBelow(path)) ?? (await findBelowFolders(path).catch(() => undefined));
  if (guess !== undefined) return `${path} holds no blocks/blk*.dat files; did you mean ${guess}?`;
  return `${path} holds no blocks/blk*.dat files: expected the data directory of Bitcoin Core.`;
}

/** A folder of one of the networks in a data directory. */
async function findBelow(path: string): Promise<string | undefined> {
  for (const network of NETWORK_FOLDERS) {
    if (await holdsBlocks(join(path, network, "blocks"))) return join(path, network);
  }
  return undefined;
}

/** Where the path is one level too high. A guess: what cannot be read on the way ends it. */
async function findBelowFolders(path: string): Promise<string | undefined> {
  const entries = await readdir(path, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isDirectory()).slice(0, FOLDERS_TO_TRY)) {
    const folder = join(path, name);
    if (await holdsBlocks(join(folder, "blocks"))) return folder;
    const below = await findBelow(folder);
    if (below !== undefined) return below;
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return false;
    throw unreadable(path, error);
  }
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function unreadable(path: string, error: unknown): AppError {
  return new AppError("CHAIN_FILE_UNREADABLE", `cannot read ${path}: ${messageOf(error)}`, {
    cause: error,
    details: { path },
    // A disk that is not mounted now, a file that the node just deleted.
    retryable: true,
  });
}
