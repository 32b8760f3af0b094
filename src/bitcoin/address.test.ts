import { expect, test } from "vitest";
import { sha256 } from "#lib";
import { bytes } from "../../test/fixtures/hand-built-block.ts";
import { addressOf } from "./address.ts";
import { NETWORKS, type NetworkName } from "./networks.ts";

/** BIP173 and BIP350 test vectors, and addresses of well-known mainnet scripts. */
const CASES: readonly [NetworkName, string, string | undefined][] = [
  ["mainnet", "0014751e76e8199196d454941c45d1b3a323f1433bd6", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
  [
    "testnet3",
    "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
  ],
  [
    "mainnet",
    "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
  ],
  ["mainnet", "51024e73", "bc1pfeessrawgf"],
  ["mainnet", "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
  ["mainnet", "a914b472a266d0bd89c13706a4132ccfb16f7c3b9fcb87", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"],
  ["regtest", "0014751e76e8199196d454941c45d1b3a323f1433bd6", "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080"],
  ["mainnet", "6a0461626364", undefined],
];

test.each(CASES)("%s %s", (network, script, address) => {
  expect(addressOf(bytes(script), NETWORKS[network], sha256)).toBe(address);
});

test("an address of the simulation belongs to no real network", () => {
  const script = bytes("0014751e76e8199196d454941c45d1b3a323f1433bd6");
  expect(addressOf(script, NETWORKS.simnet, sha256)).toMatch(/^sim1/);
});
