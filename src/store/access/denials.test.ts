import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { addDenials, listDenials } from "./denials.ts";

const { db } = await openTestDatabase();

test("processes that count the same denials at once wait for each other, and none is lost", async () => {
  const at = new Date();
  const batch = Array.from({ length: 200 }, (_, index) => ({
    address: `192.0.2.${index}`,
    role: "guest",
    personId: null,
    route: "GET /api/v1/people",
    code: "API_UNAUTHORIZED",
    count: 1,
    firstAt: at,
    lastAt: at,
    lastRequestId: "r",
    lastTarget: null,
  }));
  const rounds = Array.from({ length: 10 }, (_, round) => addDenials(db, round % 2 === 0 ? batch : batch.toReversed()));
  await Promise.all(rounds);
  const told = await listDenials(db, { limit: 1_000 });
  expect(told.map(({ count }) => count)).toEqual(batch.map(() => 10));
});
