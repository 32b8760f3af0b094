import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 } from "#lib";
import { addressOf } from "./address.ts";
import { AddressError } from "./address-error.ts";
import { NETWORKS, type NetworkName } from "./networks.ts";
import { scriptOfAddress } from "./script-of-address.ts";

function decode(address: string, network: NetworkName = "mainnet"): string {
  return Buffer.from(scriptOfAddress(address, NETWORKS[network], sha256)).toString("hex");
}

function faultOf(address: string, network: NetworkName = "mainnet"): string {
  try {
    return decode(address, network);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    return `${error.fault}: ${error.reason}`;
  }
}

/** Valid addresses of BIP173 and BIP350. */
const VALID: readonly [NetworkName, string, string][] = [
  ["mainnet", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "0014751e76e8199196d454941c45d1b3a323f1433bd6"],
  [
    "mainnet",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
    "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
  ],
  ["mainnet", "BC1SW50QGDZ25J", "6002751e"],
  ["mainnet", "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "5210751e76e8199196d454941c45d1b3a323"],
  [
    "testnet4",
    "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
    "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
  ],
  ["mainnet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac"],
  ["mainnet", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "a914b472a266d0bd89c13706a4132ccfb16f7c3b9fcb87"],
];

test.each(VALID)("%s %s", (network, address, script) => {
  expect(decode(address, network)).toBe(script);
});

/** Invalid addresses of BIP173 and BIP350, and what people mix up. */
const INVALID: readonly [string, string][] = [
  ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "checksum: its checksum is wrong"],
  ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "checksum: its checksum is wrong"],
  ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "checksum: its checksum is wrong"],
  ["bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "checksum: its checksum is wrong"],
  ["BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "malformed: it is no witness program"],
  ["bc1pw5dgrnzv", "malformed: it is no witness program"],
  ["bc1gmk9yu", "checksum: its checksum is wrong"],
  ["BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "malformed: a program of version 0 has 20 or 32 bytes, this has 16"],
  ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", "malformed: it is no witness program"],
  ["bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "checksum: its checksum is wrong"],
  ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "checksum: its checksum is wrong"],
  ["1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf", "malformed: it holds 24 bytes with its checksum, not 25"],
  ["", "malformed: it is no Bitcoin address"],
  ["1".repeat(200), "malformed: it is no Bitcoin address"],
  ["bank account 0", "malformed: it is no Bitcoin address"],
  [
    "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",
    "other_network: this is an address of testnet3, testnet4, signet or regtest, not of mainnet",
  ],
  [
    "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
    "other_network: this is an address of testnet3, testnet4 or signet, not of mainnet",
  ],
  ["TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq", "other_chain: this is not a Bitcoin address but one of TRON"],
  [
    "0xbe0eb53f46cd790cd13851d5eff43d12404d33e8",
    "other_chain: this is not a Bitcoin address but one of Ethereum or a chain like it",
  ],
  ["DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", "other_chain: this is not a Bitcoin address but one of Dogecoin"],
  [
    "cosmos1nynns8ex9fq6sjjfj8k79ymkdz4sqth06xexae",
    "other_chain: this is not a Bitcoin address but one of Cosmos or a chain like it",
  ],
];

test.each(INVALID)("refuses %s", (address, reason) => {
  expect(faultOf(address)).toBe(reason);
});

describe("there and back", () => {
  const payload = (size: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: size, maxLength: size });
  const scripts = fc.oneof(
    payload(20).map((hash) => Uint8Array.of(0x76, 0xa9, 20, ...hash, 0x88, 0xac)),
    payload(20).map((hash) => Uint8Array.of(0xa9, 20, ...hash, 0x87)),
    payload(20).map((hash) => Uint8Array.of(0, 20, ...hash)),
    payload(32).map((hash) => Uint8Array.of(0, 32, ...hash)),
    payload(32).map((key) => Uint8Array.of(0x51, 32, ...key)),
    fc.constant(Uint8Array.of(0x51, 2, 0x4e, 0x73)),
  );

  test("every script that has an address is found by it, on its own network alone", () => {
    fc.assert(
      fc.property(scripts, fc.constantFrom(...Object.values(NETWORKS)), (script, network) => {
        const address = addressOf(script, network, sha256) ?? "";
        expect(scriptOfAddress(address, network, sha256)).toEqual(script);
        const other = network.name === "mainnet" ? "simnet" : "mainnet";
        expect(faultOf(address, other)).toMatch(/^other_network: /);
      }),
    );
  });

  test("one wrong letter is noticed", () => {
    fc.assert(
      fc.property(
        scripts,
        fc.nat(),
        fc.constantFrom(..."023456789acdefghjkmnpqrstuvwxyz".split("")),
        (script, place, letter) => {
          const address = addressOf(script, NETWORKS.mainnet, sha256) ?? "";
          const at = 4 + (place % (address.length - 4));
          const typo = address.slice(0, at) + letter + address.slice(at + 1);
          if (typo !== address) expect(faultOf(typo)).toMatch(/^(checksum|malformed): /);
        },
      ),
    );
  });

  test("no text does more than fail", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(faultOf(`1${text}`)).toMatch(/^(checksum|malformed|other_chain): /);
      }),
    );
  });
});
