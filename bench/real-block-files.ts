import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type RealBlockFile = {
  readonly height: number;
  readonly block: Uint8Array;
  readonly spent: Uint8Array;
  /** Core's own figures, where there are any for this block. */
  readonly expected: { readonly txs: number; readonly totalfee: number } | undefined;
};

/** The folder of `--data`, else of UTXOIQ_TEST_DATA: real blocks are not part of the repository. */
export function readRealBlockFiles(): RealBlockFile[] {
  const folder = folderOfFlag() ?? process.env["UTXOIQ_TEST_DATA"];
  if (folder === undefined || folder === "") {
    throw new Error("needs real blocks: name their folder with --data or UTXOIQ_TEST_DATA (see CONTRIBUTING.md)");
  }
  const blocks = join(folder, "blocks");
  if (!existsSync(blocks))
    throw new Error(`${folder} has no folder blocks/ with <height>.block and <height>.spent files`);
  const heights = readdirSync(blocks)
    .filter((file) => file.endsWith(".block"))
    .map((file) => Number.parseInt(file, 10));
  const files = heights.toSorted((a, b) => a - b).map((height) => readOne(folder, height));
  if (files.length === 0) throw new Error(`${blocks} holds no .block file`);
  return files;
}

function folderOfFlag(): string | undefined {
  const index = process.argv.indexOf("--data");
  return index < 0 ? undefined : process.argv[index + 1];
}

function readOne(folder: string, height: number): RealBlockFile {
  const read = (ending: string): Uint8Array => readFileSync(join(folder, "blocks", `${height}.${ending}`));
  return { height, block: read("block"), spent: read("spent"), expected: readExpected(folder, height) };
}

function readExpected(folder: string, height: number): RealBlockFile["expected"] {
  const file = join(folder, "expected", `${height}.json`);
  if (!existsSync(file)) return undefined;
  const truth = JSON.parse(readFileSync(file, "utf8")) as { getblockstats?: { txs: number; totalfee: number } };
  return truth.getblockstats;
}
