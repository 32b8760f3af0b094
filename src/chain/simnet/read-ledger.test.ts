import { expect, test } from "vitest";
import { readLedger } from "./read-ledger.ts";
import type { StagedRecord } from "./staged-events.ts";

const spike = { kind: "outflow-spike", entity: "Varnost Exchange", size: 5_000, blocks: 3, time: 1_924_999_000 };
const record: StagedRecord = {
  list: async () => [spike],
  append: () => Promise.reject(new Error("nothing is staged")),
};

test("what is not over is told last, as what still goes on", async () => {
  const eventsUntil = async (last: number) => {
    const entries = [];
    for await (const entry of readLedger({ seed: 312, record, last }, new AbortController().signal))
      entries.push(entry);
    return entries.filter(({ type }) => type === "event" || type === "ongoing");
  };
  const [whole] = await eventsUntil(40);
  const startHeight = whole?.type === "event" ? whole.startHeight : Number.NaN;
  expect(await eventsUntil(startHeight)).toMatchObject([
    { type: "ongoing", kind: "outflow-spike", staged: "by command", entity: "Varnost Exchange (simulated)" },
  ]);
});

test("the ledger tells what was staged by command, what lost and who holds what, all by simulated names", async () => {
  // Two blocks of this chain lose to a branch from height 5, before anything is staged.
  const place = { seed: 312, record };
  const entries = [];
  for await (const entry of readLedger({ ...place, last: 40 }, new AbortController().signal)) entries.push(entry);
  const [balances] = entries.filter(({ type }) => type === "balances");
  if (balances?.type !== "balances") throw new Error("there are balances of block 0");
  const held = Object.values(balances.entities).reduce((sum, sats) => sum + sats, balances.users);
  expect(held).toBe(balances.issued);
  expect(Object.keys(balances.entities).filter((name) => !name.endsWith(" (simulated)"))).toEqual([]);
  const events = entries.flatMap((entry) => (entry.type === "event" ? [entry] : []));
  expect(events).toMatchObject([
    { kind: "outflow-spike", staged: "by command", entity: "Varnost Exchange (simulated)", unit: "sat" },
  ]);
  const [{ planned, size, transfers } = { planned: 0, size: 0, transfers: [] }] = events;
  expect(planned).toBe(5_000 * 100_000_000);
  expect(size).toBeGreaterThan(0.9 * planned);
  expect(new Set(transfers.map(({ from }) => from))).toEqual(new Set(["Varnost Exchange (simulated)"]));
  for (const { to } of transfers) expect(to).toMatch(/^(Whale \d\d|Cairn Custody) \(simulated\)$/);
  expect(entries.filter(({ type }) => type === "reorg").map((entry) => "depth" in entry && entry.depth)).toContain(2);
});
