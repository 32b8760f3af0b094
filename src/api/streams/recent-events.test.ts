import { expect, test } from "vitest";
import { Delivery } from "./delivery.ts";
import { RecentEvents } from "./recent-events.ts";

function event(id: number, bytes = 10): Delivery {
  const data = { date: "2031-01-01", url: "x".repeat(bytes), headlines: [] };
  return Delivery.ofEvent({ id, type: "brief.published", at: "2031-01-01T00:00:00.000Z", data });
}

const idsOf = (events: readonly Delivery[] | undefined) => events?.map(({ id }) => id);

test("gives all after an id, and says where it cannot", () => {
  const recent = new RecentEvents(5);
  for (const id of [7, 8, 12]) recent.add(event(id));
  expect(idsOf(recent.after(5))).toEqual([7, 8, 12]);
  expect(idsOf(recent.after(8))).toEqual([12]);
  expect(idsOf(recent.after(12))).toEqual([]);
  expect(recent.after(4)).toBeUndefined();
});

test("keeps a mebibyte at most, of the newest, and leaves no gap", () => {
  const recent = new RecentEvents(0);
  for (let id = 1; id <= 100; id += 1) recent.add(event(id, 100_000));
  const oldest = Array.from({ length: 101 }, (_, id) => id).find((id) => recent.after(id) !== undefined) ?? Number.NaN;
  expect(oldest).toBeGreaterThan(89);
  expect(idsOf(recent.after(oldest))?.[0]).toBe(oldest + 1);
  expect(idsOf(recent.after(oldest))?.at(-1)).toBe(100);
});
