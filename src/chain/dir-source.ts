import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { blockHashOf, checkBlock, checkSpentScripts, HEADER_SIZE, type Network, NETWORKS, ParseError } from "#bitcoin";
import { AppError, codeOf, sha256 } from "#lib";
import type { BlockSetSource, ChainBlock } from "./chain-source.ts";
import { knownByGenesis } from "./simnet/index.ts";

/**
 * A directory of `<height>.block` (network serialisation) and `<height>.spent` (Core's `spenttxouts` body).
 * Nobody vouches for such files, so each block is checked: proof of work, merkle root, witness commitment, and that the
 * spent scripts are those that its inputs spend.
 * Heights may have gaps: a set of blocks, not a chain.
 */
export async function openDirectory(path: string, network: Network): Promise<BlockSetSource> {
  const heights = await listHeights(path);
  const real = { chainId: network.genesisHash ?? network.name, pools: [] };
  return {
    ...(network.simulated ? knownByGenesis(await readGenesis(path, heights)) : real),
    name: `dir:${path}`,
    description: `${network.name} blocks of ${path}, ${heights.length} of them`,
    kind: "set",
    network,
    size: heights.length,
    now: () => Math.floor(Date.now() / 1000),
    async *blocks(signal) {
      for (const height of heights) {
        if (signal.aborted) return;
        yield await readBlock(path, height, network);
      }
    },
    close: async () => {},
  };
}

async function readGenesis(path: string, heights: readonly number[]): Promise<Uint8Array | undefined> {
  return heights[0] === 0 ? readBytes(join(path, "0.block")) : undefined;
}

async function listHeights(path: string): Promise<number[]> {
  const names = await listNames(path);
  const heights = names
    .flatMap((name) => /^(0|[1-9]\d{0,8})\.block$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((left, right) => left - right);
  if (heights.length === 0) {
    throw new AppError(
      "CHAIN_DIRECTORY_EMPTY",
      `${path} holds no blocks: expected files named <height>.block and <height>.spent`,
    );
  }
  return heights;
}

async function listNames(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    throw new AppError(
      "CHAIN_DIRECTORY_UNREADABLE",
      `cannot read the directory of blocks ${path}: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

async function readBlock(path: string, height: number, network: Network): Promise<ChainBlock> {
  const blockFile = join(path, `${height}.block`);
  const spentFile = join(path, `${height}.spent`);
  const bytes = await readBytes(blockFile);
  const spent = (await exists(spentFile)) ? { bytes: await readBytes(spentFile) } : undefined;
  const origin = { block: blockFile, spent: spentFile };
  namingFile(origin, () => {
    checkOfNetwork(bytes, { height, network });
    if (spent !== undefined) checkSpentScripts(bytes, spent, sha256);
  });
  return { height, hash: blockHashOf(bytes.subarray(0, HEADER_SIZE), sha256), bytes, spent, origin };
}

/** A block without the proof of work or the height of the network is likely one of another. */
function checkOfNetwork(bytes: Uint8Array, at: { readonly height: number; readonly network: Network }): void {
  try {
    checkBlock(bytes, at, sha256);
  } catch (error) {
    if (!(error instanceof ParseError) || !OF_NETWORK.has(error.path)) throw error;
    const others = OTHERS.filter((name) => name !== at.network.name).join("|");
    const { document, path, offset } = error;
    throw new ParseError(
      { document, path, offset },
      `${error.reason} (a block of another network? --network ${others})`,
    );
  }
}

/** Where a block shows its network: the target, and the height in the coinbase. */
const OF_NETWORK: ReadonlySet<string> = new Set(["header / bits", "tx 0 / input 0 / script"]);
const OTHERS = Object.keys(NETWORKS);

/** Runs what parses a block; a parse error is told with the file that is at fault. */
export function namingFile<Result>(origin: ChainBlock["origin"], parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const file = error.document === "block" ? origin.block : origin.spent;
    throw new AppError("CHAIN_BAD_BLOCK", `${file}: ${error.path}: ${error.reason}, at byte ${error.offset}`, {
      cause: error,
      details: { file, path: error.path, offset: error.offset },
    });
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new AppError("CHAIN_FILE_UNREADABLE", `cannot read ${file}: ${reasonOf(error)}`, { cause: error });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw new AppError("CHAIN_FILE_UNREADABLE", `cannot read ${file}: ${reasonOf(error)}`, { cause: error });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "it is not a directory",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
};

function reasonOf(error: unknown): string {
  return REASONS[codeOf(error) ?? ""] ?? String(error);
}
