import { expect, test } from "vitest";
import { RateLimiter } from "./rate-limiter.ts";

test("allows the quota in a window, says how much is left, and begins anew", () => {
  const limiter = new RateLimiter({ quota: 2, windowSeconds: 60 });
  expect(limiter.use("a", 0)).toEqual({ allowed: true, remaining: 1, resetSeconds: 60 });
  expect(limiter.use("a", 10)).toEqual({ allowed: true, remaining: 0, resetSeconds: 50 });
  expect(limiter.use("a", 59.5)).toEqual({ allowed: false, remaining: 0, resetSeconds: 1 });
  expect(limiter.use("b", 59.5)).toMatchObject({ allowed: true });
  expect(limiter.use("a", 60)).toEqual({ allowed: true, remaining: 1, resetSeconds: 60 });
});

test("forgets whose window is over, never whose is not", () => {
  const limiter = new RateLimiter({ quota: 1, windowSeconds: 60 });
  limiter.use("early", 0);
  limiter.use("late", 50);
  for (let index = 0; index < 10_000; index += 1) limiter.use(`name ${index}`, 50);
  limiter.use("one more", 61);
  expect(limiter.use("late", 61).allowed).toBe(false);
  expect(limiter.use("early", 61).allowed).toBe(true);
});
