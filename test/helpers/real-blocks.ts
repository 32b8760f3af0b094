import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** Real blocks of the main network, outside the repository: `UTXOIQ_TEST_DATA` names the folder. */
export type RealBlocks = {
  /** `<height>.block` and `<height>.spent` files. */
  readonly blocks: string;
  /** `<height>.json` with Bitcoin Core's own figures, for most of them. */
  readonly expected: string;
  readonly heights: readonly number[];
  /** `<height>.block` files whose spent outputs are not at hand. */
  readonly raw: string;
};

export type RealBlock = { readonly height: number; readonly block: Uint8Array; readonly spent: Uint8Array };

const HOW = "set UTXOIQ_TEST_DATA to the folder of real blocks (blocks/, expected/); CONTRIBUTING.md tells more";

const realBlocks = findRealBlocks(process.env["UTXOIQ_TEST_DATA"]);

/** Where the folder is missing such tests are skipped, in CI (or with UTXOIQ_REQUIRE_TEST_DATA=1) they fail. */
const required = isRequired(process.env["UTXOIQ_REQUIRE_TEST_DATA"], process.env["CI"]);

export function describeWithRealBlocks(name: string, body: (real: RealBlocks) => void): void {
  describe(name, () => {
    if (realBlocks !== undefined) {
      body(realBlocks);
      return;
    }
    test.skipIf(!required)(`needs real blocks: ${HOW}`, () => {
      expect.fail(`UTXOIQ_TEST_DATA is ${process.env["UTXOIQ_TEST_DATA"] ?? "not set"}: ${HOW}`);
    });
  });
}

export function readRealBlock({ blocks }: RealBlocks, height: number): RealBlock {
  const read = (ending: string): Uint8Array => readFileSync(join(blocks, `${height}.${ending}`));
  return { height, block: read("block"), spent: read("spent") };
}

function findRealBlocks(folder: string | undefined): RealBlocks | undefined {
  if (folder === undefined || folder === "") return undefined;
  const blocks = join(folder, "blocks");
  const expected = join(folder, "expected");
  if (!existsSync(blocks) || !existsSync(expected)) return undefined;
  const files = readdirSync(blocks).filter((file) => file.endsWith(".block"));
  const heights = files.map((file) => Number.parseInt(file, 10)).toSorted((a, b) => a - b);
  return heights.length === 0 ? undefined : { blocks, expected, heights, raw: join(folder, "blocks-raw") };
}

function isRequired(asked: string | undefined, ci: string | undefined): boolean {
  if (asked !== undefined && asked !== "") return asked !== "0";
  return ci !== undefined && ci !== "" && ci !== "false";
}
