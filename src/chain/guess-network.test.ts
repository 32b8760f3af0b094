import { expect, test } from "vitest";
import { guessNetwork } from "./guess-network.ts";
import { parseSourceSpec } from "./source-spec.ts";

test.each([
  ["simnet:4", "simnet"],
  ["core:http://a:b@10.0.0.7", "mainnet"],
  ["core:http://127.0.0.1:48332", "testnet4"],
  ["core:http://127.0.0.1:9000", undefined],
  ["esplora:https://host/api", "mainnet"],
  ["esplora:https://host/testnet/api", "testnet3"],
  ["esplora:https://host/signet/api", "signet"],
  ["core:http://127.0.0.1:9000,core:http://127.0.0.1:18443", "regtest"],
  ["core-files:/srv/bitcoin", undefined],
  ["dir:blocks", undefined],
])("%s is usually of %s", (source, network) => {
  expect(guessNetwork(parseSourceSpec(source))).toBe(network);
});
