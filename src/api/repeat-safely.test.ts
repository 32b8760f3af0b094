import { createHash, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { drawSecrets } from "#auth";
import { problem } from "#contract";
import { claimChain, idempotency, saveBlocks } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { runTestApi } from "../../test/helpers/running-api.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";

const database = await openTestDatabase();
const { db } = database;
const secrets = drawSecrets();
const api = runTestApi(database, { secrets });
await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
await saveBlocks(db, storedChain(20, 10));

const PATH = "/api/v1/monitoring/backfill";

async function post(key: string | undefined, body: unknown, path = PATH) {
  const response = await fetch(`${api.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${secrets.operatorToken}`,
      "content-type": "application/json",
      ...(key === undefined ? {} : { "idempotency-key": key }),
    },
    body: JSON.stringify(body),
  });
  const replayed = response.headers.get("idempotency-replayed");
  return { status: response.status, replayed, body: (await response.json()) as { id?: number; code?: string } };
}

const count = async (): Promise<number> =>
  ((await query(db, "SELECT count(*)::integer AS count FROM backfill_jobs")) as readonly { count: number }[])[0]
    ?.count ?? 0;

test("a request that is sent again under its key is answered as before and carried out once", async () => {
  const before = await count();
  const key = randomUUID();
  const first = await post(key, { from: 1 });
  expect(first).toMatchObject({ status: 201, replayed: null });
  expect(await post(`"${key}"`, { from: 1 })).toEqual({ ...first, replayed: "true" });
  expect(await count()).toBe(before + 1);
  expect((await post(undefined, { from: 1 })).body.id).not.toBe(first.body.id);
  const kept = JSON.stringify(await query(db, "SELECT owner, key, status, answer FROM idempotent_requests"));
  expect(kept).not.toContain("fromHeight");
  const [row] = (await query(db, `SELECT digest FROM idempotent_requests WHERE key = '${key}'`)) as {
    digest: Buffer;
  }[];
  const plain = createHash("sha256")
    .update(JSON.stringify(["POST", PATH, { from: 1 }]))
    .digest();
  // Who reads the database cannot try what a body, which may hold a password, was.
  expect(row?.digest.equals(plain)).toBe(false);
});

test("of many at once one is carried out, the others wait their turn or get its answer", async () => {
  const before = await count();
  const key = randomUUID();
  const all = await Promise.all(Array.from({ length: 8 }, () => post(key, { from: 2 })));
  expect(await count()).toBe(before + 1);
  for (const { status, body } of all) expect([201, 409]).toContain(body.code === undefined ? 201 : status);
  expect(all.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(
    all.filter(({ status }) => status === 409).map(() => "API_REQUEST_RUNNING"),
  );
});

test("another request under the same key is refused, one that was refused may be mended", async () => {
  const key = randomUUID();
  await post(key, { from: 1 });
  const other = await post(key, { from: 3 });
  expect([other.status, problem.parse(other.body).code]).toEqual([422, "API_OTHER_REQUEST"]);
  const bad = randomUUID();
  expect((await post(bad, { from: 99 })).status).toBe(400);
  expect((await post(bad, { from: 4 })).status).toBe(201);
  expect((await post("no\tkey", { from: 4 })).status).toBe(400);
});

test("what somebody began who died is begun anew, and what is old is forgotten", async () => {
  const name = { owner: "operator operator", key: randomUUID() };
  const digest = Buffer.from("digest");
  const keeping = { keptSeconds: 100, givenUpSeconds: 10 };
  const begin = () => idempotency.beginRequest(db, { ...name, digest }, keeping);
  expect(await begin()).toEqual({ state: "new" });
  expect(await begin()).toEqual({ state: "running" });
  await query(db, "UPDATE idempotent_requests SET begun_at = begun_at - interval '11 seconds'");
  expect(await begin()).toEqual({ state: "new" });
  await idempotency.keepAnswer(db, name, { status: 201, answer: "sealed" });
  expect(await begin()).toEqual({ state: "answered", status: 201, answer: "sealed" });
  await query(db, "UPDATE idempotent_requests SET begun_at = begun_at - interval '101 seconds'");
  expect(await begin()).toEqual({ state: "new" });
});
