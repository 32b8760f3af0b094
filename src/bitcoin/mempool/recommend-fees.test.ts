import { expect, test } from "vitest";
import { recommendFees } from "./recommend-fees.ts";

type Case = {
  /** Virtual bytes and median of each projected block. */
  readonly blocks: readonly (readonly [vsize: number, medianFee: number])[];
  readonly minimum: number;
  /** fastest, half an hour, an hour, economy, minimum. */
  readonly fees: readonly number[];
};

const CASES: Readonly<Record<string, Case>> = {
  // The three of `fee-api.test.ts` of mempool/mempool.
  "full blocks below 1 sat/vB": {
    blocks: [
      [997_953.25, 1.002_358_664],
      [997_963, 0.608_247_422_7],
      [997_821.25, 0.520_003_451],
      [997_875.25, 0.510_000_312_3],
    ],
    minimum: 0.1,
    fees: [2, 1, 1, 1, 1],
  },
  "full blocks between 1 and 2 sat/vB": {
    blocks: [
      [997_953.25, 1.002_358_664],
      [997_963, 1.608_247_422_7],
      [997_821.25, 1.520_003_451],
      [997_875.25, 1.510_000_312_3],
    ],
    minimum: 1,
    fees: [2, 2, 2, 2, 1],
  },
  "next to nothing waits": { blocks: [[10_000, 1]], minimum: 1, fees: [1, 1, 1, 1, 1] },
  // What follows from the same rules.
  "nothing waits, and the node takes little": { blocks: [], minimum: 4.2, fees: [5, 5, 5, 5, 5] },
  "each block is blended with the one before": {
    blocks: [
      [998_000, 40],
      [998_000, 20],
      [998_000, 10],
      [998_000, 5],
    ],
    minimum: 1,
    fees: [40, 30, 20, 2, 1],
  },
  "half a block is none": { blocks: [[500_000, 40]], minimum: 1, fees: [1, 1, 1, 1, 1] },
  "the only block has room": { blocks: [[750_000, 41]], minimum: 1, fees: [21, 1, 1, 1, 1] },
  "one with room that is not the last counts whole": {
    blocks: [
      [750_000, 41],
      [400_000, 3],
    ],
    minimum: 1,
    fees: [41, 1, 1, 1, 1],
  },
  "a later block pays more than the one before": {
    blocks: [
      [998_000, 3],
      [998_000, 9],
      [998_000, 9],
      [998_000, 9],
    ],
    minimum: 1,
    fees: [8, 8, 8, 2, 1],
  },
  "what is purged pays more than the median": {
    blocks: [
      [998_000, 6.5],
      [998_000, 6],
      [998_000, 5.5],
      [998_000, 5],
    ],
    minimum: 6.2,
    fees: [7, 7, 7, 7, 7],
  },
};

test.each(Object.entries(CASES))(
  "fees are recommended as mempool.space does where %s",
  (_name, { blocks, minimum, fees }) => {
    const told = blocks.map(([vsize, medianFee]) => ({ fullness: vsize / 1_000_000, medianFee }));
    expect(Object.values(recommendFees(told, minimum))).toEqual(fees);
  },
);
