import { describe, expect, test } from "vitest";
import { HEADER_SIZE, NETWORKS, workOf } from "#bitcoin";
import { extend } from "../../../test/fixtures/small-chain.ts";
import { branchWork } from "./branch-work.ts";

const network = NETWORKS.regtest;
const chain = extend([], 8, "main");
const branch = chain.slice(3);
const hashes = branch.map(({ hash }) => hash);
const headers = branch.map(({ bytes }) => bytes.subarray(0, HEADER_SIZE));
const parent = chain[2]?.hash;

describe("the work of a branch", () => {
  test("is that of its headers where they prove it", () => {
    expect(branchWork({ parent, hashes, headers, network })).toBe(5n * workOf(network.powLimitBits));
    expect(branchWork({ parent: undefined, hashes, headers, network })).toBe(5n * workOf(network.powLimitBits));
    expect(branchWork({ parent, hashes: [], headers: [], network })).toBe(0n);
  });

  test.each([
    ["stand on another block", { parent: chain[1]?.hash }],
    ["are not those of the hashes", { hashes: hashes.toReversed() }],
    ["do not connect", { hashes: hashes.toReversed(), headers: headers.toReversed() }],
    ["are too few", { headers: headers.slice(1) }],
    ["are no headers", { headers: headers.map(() => new Uint8Array(3)) }],
    ["do not meet the network's proof of work", { network: NETWORKS.mainnet }],
  ])("is not known where they %s", (_what, wrong) => {
    expect(branchWork({ parent, hashes, headers, network, ...wrong })).toBeUndefined();
  });
});
