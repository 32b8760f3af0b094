import { expect, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { expectedBits } from "../../../../../test/helpers/core-difficulty.ts";
import { createHashPower, RETARGET_BLOCKS, retarget } from "./hash-power.ts";

const PERIOD_SECONDS = RETARGET_BLOCKS * 600;

/** From a sixteenth of the limit down to where mining a block here would take minutes: the exponent changes on the way. */
test.each([1, 0.26, 0.5, 0.77, 0.999, 1.3, 3.9, 0.1, 9])(
  "asks what Core asks, period after period, when blocks take %d times as long",
  (pace) => {
    const power = createHashPower();
    for (let period = 0; period < 5; period += 1) {
      const { bits } = power;
      const seconds = Math.floor(PERIOD_SECONDS * pace);
      const headers = Array.from({ length: RETARGET_BLOCKS }, (_, index) => {
        return { time: index === RETARGET_BLOCKS - 1 ? seconds : 0, bits };
      });
      retarget(power, period * RETARGET_BLOCKS, 0);
      retarget(power, (period + 1) * RETARGET_BLOCKS - 1, seconds);
      expect(power.bits.toString(16)).toBe(expectedBits(headers, NETWORKS.simnet).toString(16));
    }
  },
);
