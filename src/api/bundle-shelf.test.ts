import { expect, test } from "vitest";
import { BundleShelf } from "./bundle-shelf.ts";

const bundle = (size: number): string => "x".repeat(size);

test("who asks for a bundle that is being made, or was lately, gets the same", async () => {
  let [made, clock] = [0, 0];
  const shelf = new BundleShelf(() => clock);
  const make = async () => bundle((made += 1));
  const [one, two] = await Promise.all([shelf.get("a", make), shelf.get("a", make)]);
  expect(one).toBe(two);
  clock = 59_999;
  expect(await shelf.get("a", make)).toBe(one);
  clock = 60_000;
  expect(await shelf.get("a", make)).toEqual(bundle(2));
  expect(made).toBe(2);
});

test("bundles are made one at a time, also after one that failed", async () => {
  let [running, most] = [0, 0];
  const shelf = new BundleShelf();
  const make = (fails: boolean) => async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    if (fails) throw new Error("broken");
    return bundle(1);
  };
  const asked = ["a", "b", "c"].map((key) => shelf.get(key, make(key === "b")));
  const ended = await Promise.allSettled(asked);
  expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(most).toBe(1);
  expect(await shelf.get("b", make(false))).toEqual(bundle(1));
});

test("the oldest go where they are too much together; what is not there is asked for again", async () => {
  let made = 0;
  const shelf = new BundleShelf();
  const make = (size: number) => async () => {
    made += 1;
    return bundle(size);
  };
  await shelf.get("first", make(25_000_000));
  await shelf.get("second", make(25_000_000));
  await shelf.get("second", make(25_000_000));
  expect(made).toBe(2);
  await shelf.get("first", make(1));
  expect(made).toBe(3);
  const none = async () => {
    made += 1;
    return undefined;
  };
  await shelf.get("none", none);
  await shelf.get("none", none);
  expect(made).toBe(5);
});

test("who comes when ten wait is told to come again; a bundle is kept from when it was made", async () => {
  let clock = 0;
  const shelf = new BundleShelf(() => clock);
  let finish = (): void => {};
  const first = new Promise<void>((resolve) => (finish = resolve));
  const make = async () => first.then(() => bundle(1));
  const asked = Array.from({ length: 10 }, (_, index) => shelf.get(`${index}`, make));
  expect(() => shelf.get("one more", make)).toThrow(expect.objectContaining({ code: "API_OVERLOADED" }));
  clock = 100_000;
  finish();
  await Promise.all(asked);
  clock += 59_999;
  const never = async () => expect.unreachable();
  expect(await shelf.get("9", never)).toEqual(bundle(1));
  expect(await shelf.get("one more", make)).toEqual(bundle(1));
});
