import { expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { healthAtAge } from "./tip-age.ts";

const HOUR = 3_600;
const well = { state: "healthy", reason: null } as const;

test.each([
  ["mainnet", 5 * HOUR, null],
  ["mainnet", 7.9 * HOUR, "the newest block is 7 h old; is the node running and connected?"],
  ["testnet4", 6_000 * 24 * HOUR, "the newest block is 6,000 days old; is the node running and connected?"],
  ["regtest", 6_000 * 24 * HOUR, null],
  ["simnet", 7 * HOUR, null],
] as const)("on %s a newest block of %d s ago", (network, age, reason) => {
  const seen = healthAtAge(well, { time: 1_000, now: 1_000 + age, network: NETWORKS[network] });
  expect(seen).toEqual({ state: reason === null ? "healthy" : "degraded", reason });
});

test("what is wrong already, or which source is used, is not lost", () => {
  const old = { time: 0, now: 7 * HOUR, network: NETWORKS.mainnet };
  expect(healthAtAge({ state: "down", reason: "gone" }, old)).toEqual({ state: "down", reason: "gone" });
  expect(healthAtAge({ state: "healthy", reason: "second of 2" }, old).reason).toMatch(/^the newest .*; second of 2$/);
});
