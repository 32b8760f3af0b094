import type { Calibration } from "./calibration.ts";

/** Made by `npm run eval -- --learn` from outcomes on the tuning seeds of the simulated network. */
export const SIMULATED_OUTCOMES: Calibration = {
  "large-transfer": {
    format: 1,
    version: "simulated network, seeds 11, 12, 13, 14 with everything staged, 21, 22 with nothing staged",
    count: 67,
    classes: [
      { from: 1.05752, count: 3, came: 0, probability: 0.2 },
      { from: 1.14307, count: 64, came: 27, probability: 0.424242 },
    ],
  },
  "coin-days-destroyed": {
    format: 1,
    version: "simulated network, seeds 11, 12, 13, 14 with everything staged, 21, 22 with nothing staged",
    count: 11,
    classes: [
      { from: 0.127781, count: 10, came: 0, probability: 0.0833333 },
      { from: 2.02862, count: 1, came: 1, probability: 0.666667 },
    ],
  },
  "outflow-spike": {
    format: 1,
    version: "simulated network, seeds 11, 12, 13, 14 with everything staged, 21, 22 with nothing staged",
    count: 79,
    classes: [
      { from: -833376000000, count: 5, came: 0, probability: 0.142857 },
      { from: -560488000000, count: 28, came: 21, probability: 0.733333 },
      { from: -243704000000, count: 46, came: 41, probability: 0.875 },
    ],
  },
  "inscription-wave": {
    format: 1,
    version: "simulated network, seeds 11, 12, 13, 14 with everything staged, 21, 22 with nothing staged",
    count: 70,
    classes: [
      { from: 0.023459, count: 2, came: 1, probability: 0.5 },
      { from: 0.0264722, count: 23, came: 18, probability: 0.76 },
      { from: 0.0740006, count: 45, came: 42, probability: 0.914894 },
    ],
  },
  "coinjoin-wave": {
    format: 1,
    version: "simulated network, seeds 11, 12, 13, 14 with everything staged, 21, 22 with nothing staged",
    count: 68,
    classes: [
      { from: 0.137504, count: 5, came: 2, probability: 0.428571 },
      { from: 0.169925, count: 30, came: 14, probability: 0.46875 },
      { from: 0.192645, count: 32, came: 19, probability: 0.588235 },
      { from: 0.514573, count: 1, came: 1, probability: 0.666667 },
    ],
  },
  "consolidation-wave": {
    format: 1,
    version: "simulated network, seeds 11, 12, 13, 14 with everything staged, 21, 22 with nothing staged",
    count: 67,
    classes: [
      { from: 0.0179219, count: 1, came: 0, probability: 0.333333 },
      { from: 0.0207586, count: 15, came: 5, probability: 0.352941 },
      { from: 0.0424353, count: 51, came: 18, probability: 0.358491 },
    ],
  },
  dormancy: {
    format: 1,
    version: "simulated network, seeds 11, 12, 13, 14 with everything staged, 21, 22 with nothing staged",
    count: 9,
    classes: [
      { from: 0.00693517, count: 1, came: 0, probability: 0.333333 },
      { from: 0.00725864, count: 8, came: 7, probability: 0.8 },
    ],
  },
  "inflow-spike": {
    format: 1,
    version: "simulated network, seeds 11, 12, 13, 14 with everything staged, 21, 22 with nothing staged",
    count: 69,
    classes: [
      { from: -641830000000, count: 3, came: 0, probability: 0.2 },
      { from: -530642000000, count: 11, came: 7, probability: 0.615385 },
      { from: -301127000000, count: 31, came: 28, probability: 0.878788 },
      { from: -181310000000, count: 24, came: 24, probability: 0.961538 },
    ],
  },
  "fee-spike": {
    format: 1,
    version: "simulated network, seeds 11, 12, 13, 14 with everything staged, 21, 22 with nothing staged",
    count: 106,
    classes: [
      { from: 0.00114617, count: 9, came: 4, probability: 0.454545 },
      { from: 0.027172, count: 8, came: 4, probability: 0.5 },
      { from: 0.0574618, count: 45, came: 23, probability: 0.510638 },
      { from: 0.30211, count: 4, came: 3, probability: 0.666667 },
      { from: 0.318847, count: 29, came: 23, probability: 0.774194 },
      { from: 0.616275, count: 11, came: 10, probability: 0.846154 },
    ],
  },
};
