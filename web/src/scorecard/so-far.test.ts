import { expect, test } from "vitest";
import { soFar } from "./so-far.ts";

const scores = { cameTrue: 9, withProbability: 14, brier: null, skill: null, calibrationError: null };
const kinds = [
  {
    kind: "fee-spike",
    claims: {
      ...scores,
      bins: [
        { count: 6, meanProbability: 0.42, observed: 0.5 },
        { count: 2, meanProbability: 0.48, observed: 0 },
        { count: 6, meanProbability: 0.81, observed: 1 },
      ],
    },
  },
  { kind: "inflow-spike", claims: { ...scores, bins: [{ count: 9, meanProbability: 0.45, observed: 1 }] } },
  { kind: "fee-rate", claims: null },
] as const;

test("counts claims of the kind alone that were about as sure", () => {
  expect(soFar(kinds, "fee-spike", 0.45)).toMatchObject({ count: 8, observed: 0.375 });
  expect(soFar(kinds, "fee-spike", 1)).toBeUndefined();
  expect(soFar(kinds, "dormancy", 0.45)).toBeUndefined();
});
