import { beforeAll, expect, test } from "vitest";
import { block, entitySeries, problem } from "#contract";
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
    `INSERT INTO block_flows SELECT blockhash, 1, 0.5, payout_actor, payout_kind, exchange_inflow, exchange_outflow
     FROM block_flows`,
  );
  await query(
    db,
    `INSERT INTO entity_flows (blockhash, label_version, actor, kind, ${columns})
     SELECT blockhash, 1, '${RENAMED}', kind, ${columns} FROM entity_flows`,
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

test("what is no version or moment, and too much of it at once, is refused", async () => {
  const codeOf = async (path: string): Promise<string> => problem.parse(await ask(path)).code;
  expect(await codeOf("blocks/4?asOf=2")).toBe("STORE_LABEL_VERSION");
  expect(await codeOf("blocks/4?asOf=yesterday")).toBe("API_BAD_REQUEST");
  expect(await codeOf("entities/example/flows?days=101&asOf=0")).toBe("API_BAD_REQUEST");
});
