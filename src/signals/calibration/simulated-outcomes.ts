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
      { from: -0.691878, count: 2, came: 0, probability: 0.25 },
      { from: -0.196397, count: 2, came: 1, probability: 0.5 },
      { from: -0.0274807, count: 14, came: 8, probability: 0.5625 },
      { from: 0.231326, count: 24, came: 17, probability: 0.692308 },
      { from: 0.46158, count: 31, came: 28, probability: 0.878788 },
      { from: 0.615336, count: 47, came: 43, probability: 0.897959 },
      { from: 0.807355, count: 26, came: 25, probability: 0.928571 },
    ],
  },
  "consolidation-wave": {
    format: 1,
    version:
      "simulated network, seeds 11, 12, 13, 14, 15, 16, 17, 18 with everything staged, 21, 22 with nothing staged",
    count: 143,
    classes: [
      { from: -0.722466, count: 5, came: 1, probability: 0.285714 },
      { from: -0.0901978, count: 50, came: 14, probability: 0.288462 },
      { from: 0.332575, count: 11, came: 4, probability: 0.384615 },
      { from: 0.373815, count: 5, came: 2, probability: 0.428571 },
      { from: 0.403897, count: 36, came: 17, probability: 0.473684 },
      { from: 0.592342, count: 26, came: 13, probability: 0.5 },
      { from: 0.771181, count: 8, came: 5, probability: 0.6 },
      { from: 0.925999, count: 2, came: 2, probability: 0.75 },
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
      { from: -0.807355, count: 3, came: 0, probability: 0.2 },
      { from: -0.222392, count: 32, came: 10, probability: 0.323529 },
      { from: 0.485427, count: 52, came: 25, probability: 0.481481 },
      { from: 1, count: 45, came: 27, probability: 0.595745 },
      { from: 1.19265, count: 7, came: 6, probability: 0.777778 },
      { from: 1.32193, count: 4, came: 4, probability: 0.833333 },
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
