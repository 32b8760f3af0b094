import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { listStagedEvents, saveStagedEvent } from "./staged-events.ts";

const { db } = await openTestDatabase();

test("what was staged comes back as it was, in its order, and each place is taken once", async () => {
  const first = {
    kind: "inflow-spike",
    entity: "Varnost Exchange",
    size: 0.1 + 0.2,
    blocks: 3,
    time: 1_924_999_000.25,
  };
  const drawn = { kind: "fee-spike", entity: undefined, size: undefined, blocks: undefined, time: 1_924_999_000.25 };
  await saveStagedEvent(db, first, 0);
  await saveStagedEvent(db, drawn, 1);
  await expect(saveStagedEvent(db, first, 1)).rejects.toThrow("duplicate key");
  expect(await listStagedEvents(db)).toEqual([first, drawn]);
});
