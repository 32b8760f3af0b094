import type { Calibration } from "./calibration.ts";

/** Made by `npm run eval -- --learn` from outcomes on the tuning seeds of the simulated network. */
export const SIMULATED_OUTCOMES: Calibration = {
  "inflow-spike": {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 155,
    classes: [
      { from: -1134050000000, count: 7, came: 0, probability: 0.111111 },
      { from: -650503000000, count: 7, came: 2, probability: 0.333333 },
      { from: -475465000000, count: 3, came: 2, probability: 0.6 },
      { from: -449205000000, count: 18, came: 15, probability: 0.8 },
      { from: -327776000000, count: 120, came: 112, probability: 0.92623 },
    ],
  },
  "inscription-wave": {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 146,
    classes: [
      { from: 0.0223678, count: 35, came: 29, probability: 0.810811 },
      { from: 0.0534393, count: 47, came: 39, probability: 0.816327 },
      { from: 0.0892673, count: 64, came: 54, probability: 0.833333 },
    ],
  },
  "consolidation-wave": {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 143,
    classes: [
      { from: 0.0143553, count: 2, came: 0, probability: 0.25 },
      { from: 0.0170735, count: 133, came: 53, probability: 0.4 },
      { from: 0.203533, count: 7, came: 4, probability: 0.555556 },
      { from: 0.359896, count: 1, came: 1, probability: 0.666667 },
    ],
  },
  "outflow-spike": {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 157,
    classes: [
      { from: -807790000000, count: 6, came: 0, probability: 0.125 },
      { from: -516454000000, count: 14, came: 7, probability: 0.5 },
      { from: -391829000000, count: 26, came: 19, probability: 0.714286 },
      { from: -289793000000, count: 23, came: 19, probability: 0.8 },
      { from: -229699000000, count: 53, came: 48, probability: 0.890909 },
      { from: -155728000000, count: 35, came: 33, probability: 0.918919 },
    ],
  },
  "coinjoin-wave": {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 143,
    classes: [
      { from: 0.137504, count: 3, came: 1, probability: 0.4 },
      { from: 0.152003, count: 23, came: 11, probability: 0.48 },
      { from: 0.169925, count: 102, came: 51, probability: 0.5 },
      { from: 0.36257, count: 14, came: 8, probability: 0.5625 },
      { from: 0.514573, count: 1, came: 1, probability: 0.666667 },
    ],
  },
  "fee-spike": {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 223,
    classes: [
      { from: 0.0053465, count: 6, came: 1, probability: 0.25 },
      { from: 0.011585, count: 6, came: 2, probability: 0.375 },
      { from: 0.0197668, count: 51, came: 23, probability: 0.45283 },
      { from: 0.0977782, count: 16, came: 10, probability: 0.611111 },
      { from: 0.115011, count: 42, came: 28, probability: 0.659091 },
      { from: 0.248024, count: 4, came: 3, probability: 0.666667 },
      { from: 0.256011, count: 27, came: 21, probability: 0.758621 },
      { from: 0.332188, count: 38, came: 32, probability: 0.825 },
      { from: 0.536482, count: 25, came: 22, probability: 0.851852 },
      { from: 0.807261, count: 8, came: 8, probability: 0.9 },
    ],
  },
  "large-transfer": {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 143,
    classes: [
      { from: 0.851268, count: 6, came: 2, probability: 0.375 },
      { from: 1.19612, count: 72, came: 29, probability: 0.405405 },
      { from: 2.11729, count: 57, came: 29, probability: 0.508475 },
      { from: 2.63569, count: 5, came: 3, probability: 0.571429 },
      { from: 2.76067, count: 3, came: 3, probability: 0.8 },
    ],
  },
  "coin-days-destroyed": {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 30,
    classes: [
      { from: 0.0202858, count: 27, came: 1, probability: 0.0689655 },
      { from: 1.19718, count: 3, came: 1, probability: 0.4 },
    ],
  },
  dormancy: {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 15,
    classes: [
      { from: 0.00204096, count: 7, came: 4, probability: 0.555556 },
      { from: 0.0311566, count: 8, came: 7, probability: 0.8 },
    ],
  },
};
