import { describe, expect, test } from "vitest";
import { bytesFromDisplayHex, scanBlock, txidOf } from "#bitcoin";
import { sha256 } from "#lib";
import {
  blockBytes,
  coinbase,
  type HandBuiltTransaction,
  keyScript,
  payment,
  spentBytes,
} from "../../test/fixtures/hand-built-block.ts";
import { listPackages, lowRateOf } from "./package-rates.ts";

const first = coinbase(7, [{ value: 1_000, script: keyScript(9) }]);

/** Pays so many satoshis; no two of different payees are the same. */
function paying(fee: number, payee: number): HandBuiltTransaction {
  return payment([{ value: 100_000 + fee, script: keyScript(1) }], [{ value: 100_000, script: keyScript(payee) }]);
}

/** The same, and spends the other one; its input's script is so long. */
function spending(
  parent: HandBuiltTransaction,
  child: HandBuiltTransaction,
  scriptLength: number,
): HandBuiltTransaction {
  let txid = "";
  const alone = blockBytes([first, parent]);
  scanBlock(alone, undefined, { transaction: (tx) => void (txid = txidOf(alone, tx, sha256)) });
  const prevTxid = bytesFromDisplayHex(txid);
  return {
    ...child,
    inputs: child.inputs.map((input) => ({ ...input, prevTxid, script: new Uint8Array(scriptLength) })),
  };
}

function packagesOf(...transactions: readonly HandBuiltTransaction[]) {
  const all = [first, ...transactions];
  return listPackages({ block: blockBytes(all), spent: { bytes: spentBytes(all) } }, sha256);
}

describe("packages of a block", () => {
  test("are its transactions, the cheapest first, where none spends another", () => {
    const packages = packagesOf(paying(820, 2), paying(82, 3), paying(410, 4));
    // 82 bytes without witness are as many virtual bytes.
    expect(packages.map(({ feeRate, weight }) => [feeRate, weight])).toEqual([
      [1, 4 * 82],
      [5, 4 * 82],
      [10, 4 * 82],
    ]);
    expect(lowRateOf(packages)).toBe(1);
  });

  test.each([0, 300, 70_000])(
    "a child that pays for its parent is one with it (script of %d bytes)",
    (scriptLength) => {
      const parent = paying(0, 2);
      const child = spending(parent, paying(1_000_000, 3), scriptLength);
      const packages = packagesOf(parent, child, paying(82, 4));
      expect(packages).toHaveLength(2);
      const bytes = 82 + 82 + scriptLength + (scriptLength > 0xffff ? 4 : scriptLength > 0xfc ? 2 : 0);
      expect(packages.find(({ weight }) => weight === 4 * bytes)?.feeRate).toBeCloseTo(1_000_000 / bytes);
    },
  );

  test("a twentieth of the weight may lie below the low rate", () => {
    const rates = Array.from({ length: 40 }, (_, index) => paying(82 * (index + 1), index + 2));
    expect(lowRateOf(packagesOf(...rates))).toBe(2);
    expect(lowRateOf(packagesOf())).toBeNull();
  });
});
