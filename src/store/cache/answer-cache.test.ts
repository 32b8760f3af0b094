import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError, createLogger } from "#lib";
import { describeWithRedis, redisServer } from "../../../test/helpers/redis-server.ts";
import { type AnswerCache, openAnswerCache } from "./answer-cache.ts";

const logger = createLogger(undefined, "silent");

function counting(answer: unknown = { made: true }) {
  let made = 0;
  return {
    make: async () => {
      made += 1;
      await wait(20);
      return answer;
    },
    count: () => made,
  };
}

describe("answers in one process", () => {
  const answers = openAnswerCache({ prefix: "test", logger });

  test("are made once for all who ask meanwhile, and remembered as long as was said", async () => {
    const { make, count } = counting();
    const ask = (): Promise<unknown> => answers.remember("one", 150, make);
    expect(await Promise.all(Array.from({ length: 20 }, ask))).toEqual(
      Array.from({ length: 20 }, () => ({ made: true })),
    );
    await ask();
    expect(count()).toBe(1);
    expect(answers.figures()).toEqual({ hits: 20, misses: 1, redis: null });
    await wait(200);
    await ask();
    expect(count()).toBe(2);
  });

  test("that fail are told as they failed, and are not remembered", async () => {
    const refuse = async (): Promise<never> => {
      throw new AppError("API_NOT_READY", "no block is stored yet");
    };
    await expect(answers.remember("two", 1_000, refuse)).rejects.toMatchObject({ code: "API_NOT_READY" });
    expect(await answers.remember("two", 1_000, async () => "made")).toBe("made");
  });
});

describeWithRedis("answers of several processes", () => {
  const redis = redisServer();
  let here: AnswerCache;
  let there: AnswerCache;

  async function reachable(): Promise<void> {
    while ([here, there].some((answers) => answers.figures().redis?.reachable !== true)) await wait(20);
  }

  beforeAll(async () => {
    await redis.start();
    here = openAnswerCache({ redisUrl: redis.url, prefix: "test", logger });
    there = openAnswerCache({ redisUrl: redis.url, prefix: "test", logger });
    await reachable();
  });

  afterAll(async () => {
    here.close();
    there.close();
    await redis.remove();
  });

  test("are remembered for each other", async () => {
    const { make, count } = counting({ from: "here", none: null, list: [1.5] });
    await here.remember("shared", 10_000, make);
    const never = async (): Promise<never> => Promise.reject(new Error("made again"));
    expect(await there.remember("shared", 10_000, never)).toEqual({ from: "here", none: null, list: [1.5] });
    expect(count()).toBe(1);
  });

  test("are right while the server is gone, and shared again when it is back", async () => {
    await redis.kill();
    for (const number of [1, 2, 3]) {
      const began = performance.now();
      expect(await there.remember(`alone ${number}`, 10_000, async () => number)).toBe(number);
      expect(performance.now() - began).toBeLessThan(1_000);
    }
    expect(await there.remember("alone 1", 10_000, async () => "made again")).toBe(1);
    while (there.figures().redis?.reachable === true) await wait(10);
    expect(await there.remember("alone 4", 10_000, async () => 4)).toBe(4);
    await redis.start();
    await reachable();
    // Longer than a server that failed is left alone.
    await wait(2_100);
    await here.remember("back", 10_000, async () => "made here");
    expect(await there.remember("back", 10_000, async () => "made there")).toBe("made here");
  });
});
