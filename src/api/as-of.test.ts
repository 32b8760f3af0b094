import { beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { block, entityList, entitySeries, problem, series, transaction, transferList } from "#contract";
import { claimChain, explore, saveBlocks } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { runTestApi } from "../../test/helpers/running-api.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";

const database = await openTestDatabase();
const { db } = database;
const api = runTestApi(database);
const RENAMED = "renamed";

/** Labels of a day later say of whom they say something by another name. */
beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(20));
  const columns = `inflow, outflow, in_house, inter_entity_in, inter_entity_out, mined, deposits, withdrawals,
    in_house_transactions`;
  await query(
    db,
    `INSERT INTO label_versions (version, at, files, added, changed, removed) VALUES (1, '2026-02-01', '{}', 1, 0, 0)`,
  );
  await query(
    db,
    `INSERT INTO block_flows SELECT blockhash, 1, 0.5, payout_actor, payout_kind, exchange_inflow, exchange_outflow + 1
     FROM block_flows`,
  );
  await query(
    db,
    `INSERT INTO entity_flows (blockhash, label_version, actor, kind, ${columns})
     SELECT blockhash, 1, '${RENAMED}', kind, ${columns} FROM entity_flows`,
  );
  await query(
    db,
    `INSERT INTO transfer_parties SELECT blockhash, tx_index, 1, '${RENAMED}', from_kind, to_actor, to_kind, kind
     FROM transfer_parties WHERE from_actor IS NOT NULL`,
  );
  await explore.refreshRollups(db);
});

const ask = async (path: string): Promise<unknown> => (await fetch(`${api.url}/api/v1/${path}`)).json();

test("a block is told by the newest labels, or as they were by number or moment", async () => {
  const now = block.parse(await ask("blocks/4"));
  expect(now).toMatchObject({ labelVersion: null, labelCoverage: 0.5, flows: [{ actor: RENAMED }] });
  for (const asOf of ["0", "2026-01-31", "2026-01-31T12:00:00Z"]) {
    const then = block.parse(await ask(`blocks/4?asOf=${asOf}`));
    expect(then).toMatchObject({ labelVersion: 0, labelCoverage: 0.25, flows: [{ actor: "example" }] });
    expect(then.transfers[0]?.from ?? then.transfers[0]?.to).toMatchObject({ actor: "example" });
  }
  expect(block.parse(await ask("blocks/4?asOf=2026-03-01"))).toMatchObject({ labelVersion: 1, flows: now.flows });
});

test("flows of an entity as labels were sum to what its blocks say", async () => {
  const [now, then] = [
    entitySeries.parse(await ask(`entities/${RENAMED}/flows?resolution=hour`)),
    entitySeries.parse(await ask("entities/example/flows?resolution=hour&asOf=0")),
  ];
  expect(then.points.length).toBeGreaterThan(1);
  expect(then).toMatchObject({ labelVersion: 0, points: now.points });
  expect(now.labelVersion).toBeNull();
  expect(entitySeries.safeParse(await ask("entities/example/flows?resolution=hour&asOf=1")).data?.points ?? []).toEqual(
    [],
  );
});

test("transfers are listed with parties as labels were, all pages of them", async () => {
  const partiesOf = ({ transfers }: z.infer<typeof transferList>) =>
    new Set(transfers.flatMap(({ from, to }) => [from, to].flatMap((party) => party?.actor ?? [])));
  const now = transferList.parse(await ask("transfers"));
  const then = transferList.parse(await ask("transfers?asOf=0&pageSize=5"));
  expect([now.labelVersion, partiesOf(now)]).toEqual([null, new Set([RENAMED])]);
  expect([then.labelVersion, partiesOf(then)]).toEqual([0, new Set(["example"])]);
  const next = transferList.parse(await ask(then.nextPageUrl?.replace("/api/v1/", "") ?? ""));
  expect([next.labelVersion, partiesOf(next)]).toEqual([0, new Set(["example"])]);
  const [one] = then.transfers.filter(({ from }) => from !== null);
  const told = transaction.parse(await ask(`transactions/${one?.txid}?asOf=0`));
  expect(told).toMatchObject({ labelVersion: 0, transfer: { from: { actor: "example" } } });
});

test("entities are listed as labels were", async () => {
  const now = entityList.parse(await ask("entities"));
  const then = entityList.parse(await ask("entities?asOf=0"));
  expect(now).toMatchObject({ labelVersion: null, entities: [{ actor: RENAMED }] });
  expect(then).toMatchObject({ labelVersion: 0, entities: [{ ...now.entities[0], actor: "example" }] });
  expect(entityList.parse(await ask("entities?asOf=1"))).toEqual({ ...now, labelVersion: 1 });
});

test("what exchanges took in and paid out is told as labels were, by blocks, hours and days", async () => {
  const read = async (path: string) => series.parse(await ask(`series/${path}`));
  for (const resolution of ["block", "hour", "day"]) {
    const now = await read(`exchange_outflow?resolution=${resolution}`);
    const then = await read(`exchange_outflow?resolution=${resolution}&asOf=0`);
    expect([now.labelVersion, then.labelVersion]).toEqual([null, 0]);
    expect(then.points.map(({ time }) => time)).toEqual(now.points.map(({ time }) => time));
    // The labels of a day later take exchanges to have paid out one satoshi more in each block.
    const blocks = resolution === "block" ? 1 : resolution === "hour" ? 6 : 144;
    for (const [index, { value }] of then.points.entries()) {
      const more = (now.points[index]?.value ?? 0) - value;
      expect(more).toBeGreaterThan(0);
      expect(more).toBeLessThanOrEqual(blocks);
    }
  }
  for (const agg of ["mean", "min", "max", "median"])
    expect((await read(`exchange_outflow?resolution=day&agg=${agg}&asOf=0`)).points[0]?.value, agg).toBeCloseTo(
      ((await read(`exchange_outflow?resolution=day&agg=${agg}`)).points[0]?.value ?? 0) - 1,
      3,
    );
  expect((await read("label_coverage?resolution=hour&asOf=0")).points[0]?.value).toBe(0.25);
});

test("where nothing is restated as of is refused, not passed over", async () => {
  const refused = [
    "series/txs?asOf=0",
    "pools?asOf=0",
    "tip?asOf=0",
    "metrics?asOf=0",
    "blocks?asOf=0",
    "insights?asOf=0",
  ];
  for (const path of refused) {
    const { code, detail } = problem.parse(await ask(path));
    expect(code, path).toBe("API_BAD_REQUEST");
    expect(detail, path).toContain("asOf");
  }
});

test("what is no version or moment, and too much of it at once, is refused", async () => {
  const codeOf = async (path: string): Promise<string> => problem.parse(await ask(path)).code;
  expect(await codeOf("blocks/4?asOf=2")).toBe("STORE_LABEL_VERSION");
  expect(await codeOf("blocks/4?asOf=yesterday")).toBe("API_BAD_REQUEST");
  for (const path of ["entities/example/flows", "entities", "series/exchange_netflow"])
    expect(await codeOf(`${path}?days=101&asOf=0`), path).toBe("API_BAD_REQUEST");
});
