import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { addDenials, listDenials } from "./denials.ts";

const { db } = await openTestDatabase();

const denial = {
  address: "192.0.2.0",
  role: "guest",
  personId: null,
  route: "GET /api/v1/people",
  code: "API_UNAUTHORIZED",
  count: 1,
  firstAt: new Date(),
  lastAt: new Date(),
  lastRequestId: "r",
  lastTarget: null,
};

test("what was refused to somebody whose account is gone by now is not written down", async () => {
  await addDenials(db, [{ ...denial, address: "192.0.2.254", personId: "gone", role: "member" }]);
  expect(await listDenials(db, { limit: 10 })).toEqual([]);
});

test("processes that count the same denials at once wait for each other, and none is lost", async () => {
  const batch = Array.from({ length: 200 }, (_, index) => ({ ...denial, address: `192.0.2.${index}` }));
  const rounds = Array.from({ length: 10 }, (_, round) => addDenials(db, round % 2 === 0 ? batch : batch.toReversed()));
  await Promise.all(rounds);
  const told = await listDenials(db, { limit: 1_000 });
  expect(told.map(({ count }) => count)).toEqual(batch.map(() => 10));
});
