import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import {
  insight,
  insightBundle,
  insightList,
  type MonitoringStatus,
  monitoringStatus,
  problem,
  readiness,
  serverMessage,
  type ServerMessage,
} from "#contract";
import { parseBundle } from "#insights";
import { createLogger } from "#lib";
import { claimChain, saveBlocks, writeHeartbeat } from "#store";
import { openTestDatabase } from "../../test/helpers/database.ts";
import { storedBlock, storedChain } from "../../test/helpers/stored-blocks.ts";
import { measureStatus } from "./measure-status.ts";
import { checkReadiness } from "./readiness.ts";
import type { RunningApi } from "./start-api.ts";
import { startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const logger = createLogger(undefined, "silent");
const webRoot = mkdtempSync(join(tmpdir(), "utxoiq-web-"));
let api: RunningApi;

beforeAll(async () => {
  mkdirSync(join(webRoot, "assets"));
  writeFileSync(join(webRoot, "index.html"), '<title>utxoIQ</title><meta property="csp-nonce" nonce="" />');
  writeFileSync(join(webRoot, "assets", "page-1234.js"), "1;");
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot });
});

afterAll(() => api.stop());

async function get(path: string): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(`${api.url}${path}`, { redirect: "manual" });
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
}

describe("before anything is stored", () => {
  test("the process lives, is not ready, and says what is missing", async () => {
    expect(await get("/livez")).toMatchObject({ status: 200, body: { status: "ok" } });
    const { status, body } = await get("/readyz");
    expect(status).toBe(503);
    expect(readiness.parse(body).checks).toContainEqual({
      name: "blocks",
      ok: false,
      reason: "no block is stored yet",
    });
  });

  test("the status has no tip, and names ingest as down", async () => {
    const status = monitoringStatus.parse((await get("/api/v1/monitoring/status")).body);
    expect(status).toMatchObject({ state: "down", network: "simnet", simulated: true, tip: null, chainTime: null });
    expect(status.components.find(({ name }) => name === "ingest")).toMatchObject({
      state: "down",
      reason: "ingest has not reported yet",
    });
  });
});

describe("with blocks", () => {
  beforeAll(async () => {
    const quiet = {
      reason: "clock-jump",
      sinceHeight: 2,
      detail: "header times went back by 50 minutes: a miner's clock is wrong",
      kinds: ["block-interval"],
      withheld: [],
    } as const;
    await saveBlocks(
      db,
      storedChain(4).map((block) => (block.header.height < 2 ? block : { ...block, quiet: [quiet] })),
    );
    const backfill = { blocksDone: 4, blocksTotal: 10, blocksPerSecond: 2, etaSeconds: 3 };
    await writeHeartbeat(db, "ingest", {
      source: "simnet:1",
      sourceKind: "chain",
      sourceDescription: "simulated network",
      sourceHealth: { state: "healthy", reason: null },
      quiet: [
        { reason: "mempool-lost", since: 1_999_999_000, detail: "the source does not tell its mempool any more" },
      ],
      mempool: null,
      model: null,
      missingForecasts: [],
      chainTime: 2_000_000_000,
      tipHeight: 9,
      backfill,
    });
  });

  test("lists insights newest first, page by page, without gap or repetition", async () => {
    const ids: string[] = [];
    let path: string | null = "/api/v1/insights?pageSize=3";
    while (path !== null) {
      const page = insightList.parse((await get(path)).body);
      ids.push(...page.insights.map(({ id }) => id));
      path = page.nextPageUrl;
    }
    const whole = insightList.parse((await get("/api/v1/insights")).body);
    expect(ids).toHaveLength(4);
    expect(ids).toEqual(whole.insights.map(({ id }) => id));
    expect(whole.insights.map(({ height }) => height)).toEqual([3, 2, 1, 0]);
    const whales = insightList.parse((await get("/api/v1/insights?category=whale&pageSize=1")).body);
    expect(whales.insights.map(({ category }) => category)).toEqual(["whale"]);
    expect(whales.nextPageUrl).toContain("category=whale");
    expect(insightList.parse((await get("/api/v1/insights?category=miner")).body).insights).toEqual([]);
  });

  test("gives what an insight follows from, as a file to check it by", async () => {
    const [first] = insightList.parse((await get("/api/v1/insights")).body).insights;
    const { status, body, headers } = await get(`/api/v1/insights/${first?.id}/bundle`);
    expect(status).toBe(200);
    expect(headers.get("content-disposition")).toBe(`attachment; filename="insight-${first?.id}.json"`);
    const bundle = insightBundle.parse(body);
    expect(bundle.insight).toMatchObject({ id: first?.id, headline: first?.headline, blockHash: first?.blockHash });
    expect(bundle.rows.map(({ features }) => features.height)).toEqual([0, 1, 2, 3]);
    expect(parseBundle(JSON.stringify(body))).toEqual({ bundle: body });
    // Whoever has it is told so.
    const tag = headers.get("etag") ?? "";
    const again = await fetch(`${api.url}/api/v1/insights/${first?.id}/bundle`, { headers: { "if-none-match": tag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("gives one insight with its evidence", async () => {
    const [first] = insightList.parse((await get("/api/v1/insights")).body).insights;
    const { status, body } = await get(`/api/v1/insights/${first?.id}`);
    expect(status).toBe(200);
    expect(insight.parse(body)).toEqual(first);
  });

  test.each([
    ["/api/v1/insights/00000000000000000000000000000000", 404, "API_INSIGHT_NOT_FOUND"],
    ["/api/v1/insights/00000000000000000000000000000000/bundle", 404, "API_INSIGHT_NOT_FOUND"],
    ["/api/v1/insights/none/bundle", 400, "API_BAD_REQUEST"],
    ["/api/v1/insights/no-id", 400, "API_BAD_REQUEST"],
    ["/api/v1/insights?pageSize=0", 400, "API_BAD_REQUEST"],
    ["/api/v1/insights?pageToken=nonsense", 400, "API_BAD_REQUEST"],
    // Of orders that lists had before.
    [`/api/v1/insights?pageToken=${Buffer.from("p12").toString("base64url")}`, 400, "API_BAD_REQUEST"],
    [`/api/v1/insights?pageToken=${Buffer.from("p12h3").toString("base64url")}`, 400, "API_BAD_REQUEST"],
    ["/api/v1/insights?pagesize=1", 400, "API_BAD_REQUEST"],
    ["/api/v1/insights?category=weather", 400, "API_BAD_REQUEST"],
    ["/api/v1/none", 404, "API_ROUTE_NOT_FOUND"],
    ["/assets/%", 400, "API_BAD_REQUEST"],
    ["/assets/none.js", 404, "API_ROUTE_NOT_FOUND"],
    ["/assets/..%2f..%2f..%2f..%2fetc%2fpasswd", 400, "API_BAD_REQUEST"],
  ])("%s is a problem", async (path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(problem.parse(response.body)).toMatchObject({ status, code });
  });

  test("names the fields that are wrong", async () => {
    const body = problem.parse((await get("/api/v1/insights?pageSize=9999")).body);
    expect(body.errors).toEqual([{ path: "/pageSize", message: expect.stringContaining("200") }]);
  });

  test("measures the status from rows and heartbeat", async () => {
    const status = await vi.waitFor(async () => {
      const newest = monitoringStatus.parse((await get("/api/v1/monitoring/status")).body);
      expect(newest.tip).not.toBeNull();
      return newest;
    }, 5_000);
    expect(status).toMatchObject({
      state: "degraded",
      source: "simnet:1",
      blocksBehind: 6,
      counts: { blocks: 4, signals: 8, insights: 4 },
    });
    expect(status.backfill).toEqual({
      state: "running",
      blocksDone: 4,
      blocksTotal: 10,
      blocksPerSecond: 2,
      etaSeconds: 3,
    });
    expect(status.components.find(({ name }) => name === "source")?.reason).toBe(
      "catching up, 6 blocks behind the source",
    );
    expect(status.quiet).toEqual([
      {
        reason: "clock-jump",
        detail: "header times went back by 50 minutes: a miner's clock is wrong",
        sinceHeight: 2,
        since: new Date(storedBlock(2).header.time * 1_000).toISOString(),
        silent: ["block-interval"],
        presentUnknown: false,
      },
      {
        reason: "mempool-lost",
        detail: "the source does not tell its mempool any more",
        sinceHeight: null,
        since: new Date(1_999_999_000_000).toISOString(),
        silent: [],
        presentUnknown: true,
      },
    ]);
    expect((await get("/readyz")).status).toBe(200);
  });

  test("answers under this machine's own names alone", async () => {
    const { port } = new URL(api.url);
    const ask = async (host: string): Promise<number | undefined> => {
      const [response] = await once(request({ port, path: "/livez", headers: { host } }).end(), "response");
      return (response as IncomingMessage).statusCode;
    };
    expect(await ask(`localhost:${port}`)).toBe(200);
    expect(await ask(`[::1]:${port}`)).toBe(200);
    expect(await ask(`rebound.example:${port}`)).toBe(403);
  });

  test("is ready with a set of blocks, which has no cursor", async () => {
    const set = await openTestDatabase();
    await claimChain(set.db, { network: "mainnet", chainId: "test", simulated: false });
    await saveBlocks(set.db, [storedBlock(7, { connected: false })]);
    expect(await checkReadiness(set.db)).toMatchObject({ ready: true });
  });

  test("whoever has an answer is told that nothing changed, compressed or not", async () => {
    const { insights } = insightList.parse((await get("/api/v1/insights")).body);
    for (const path of [
      "/api/v1/tip",
      "/api/v1/insights",
      "/api/v1/insights/facets",
      `/api/v1/insights/${insights[0]?.id}/explanation`,
      "/api/v1/blocks/2",
      "/api/v1/forecasts",
      "/api/blocks/tip/height",
      "/feeds/insights.atom",
      "/api/v1/openapi.json",
    ]) {
      for (const encoding of ["identity", "gzip"]) {
        const headers = { "accept-encoding": encoding };
        const first = await fetch(`${api.url}${path}`, { headers });
        await first.text();
        expect(first.headers.get("cache-control"), path).toMatch(/no-cache|max-age/);
        const tag = first.headers.get("etag") ?? "";
        const again = await fetch(`${api.url}${path}`, { headers: { ...headers, "if-none-match": tag } });
        expect([again.status, await again.text()], `${path} ${encoding}`).toEqual([304, ""]);
      }
    }
  });

  test("serves the dashboard and an OpenAPI document, under a strict policy", async () => {
    expect((await get("/")).headers.get("location")).toBe("/dashboard");
    const page = await get("/dashboard");
    expect(page.body).toContain("utxoIQ");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self'");
    // The word by which styles are the page's own is another in each answer, and none of them is kept.
    const nonce = /style-src 'self' 'nonce-(\w+)'(?:;|$)/.exec(policy)?.[1] ?? "none";
    expect(page.body).toContain(`nonce="${nonce}"`);
    expect(page.headers.get("cache-control")).toBe("no-store");
    const [scorecard, blocks] = [await get("/scorecard"), await get("/blocks")];
    expect(scorecard.status).toBe(200);
    expect(String(scorecard.body).replace(/nonce="\w+"/, "")).toBe(String(blocks.body).replace(/nonce="\w+"/, ""));
    expect(scorecard.body).not.toBe(blocks.body);
    // An address that no page has is none of the page's: whoever asks is told so.
    expect(await get("/scorecards")).toMatchObject({ status: 404, body: { code: "API_ROUTE_NOT_FOUND" } });
    const browser = { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };
    const nowhere = await fetch(`${api.url}/scorecards`, browser);
    expect([nowhere.status, nowhere.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect((await fetch(`${api.url}/api/v1/none`, browser)).headers.get("content-type")).toContain("problem+json");
    expect((await get("/assets/page-1234.js")).headers.get("cache-control")).toContain("immutable");
    const { body } = await get("/api/v1/openapi.json");
    expect(body).toMatchObject({ openapi: "3.1.0" });
    expect(Object.keys((body as { paths: object }).paths).toSorted()).toEqual([
      "/api/block-height/{height}",
      "/api/block/{hash}",
      "/api/block/{hash}/status",
      "/api/blocks",
      "/api/blocks/tip/hash",
      "/api/blocks/tip/height",
      "/api/blocks/{height}",
      "/api/fee-estimates",
      "/api/mempool",
      "/api/tx/{txid}/status",
      "/api/v1/account",
      "/api/v1/account/delete",
      "/api/v1/account/email",
      "/api/v1/account/export",
      "/api/v1/account/feedback",
      "/api/v1/account/keys",
      "/api/v1/account/keys/{keyId}",
      "/api/v1/account/keys/{keyId}/rotate",
      "/api/v1/account/methods",
      "/api/v1/account/methods/{methodId}/remove",
      "/api/v1/account/passkeys",
      "/api/v1/account/passkeys/options",
      "/api/v1/account/passkeys/{passkeyId}/remove",
      "/api/v1/account/password",
      "/api/v1/account/second-factor",
      "/api/v1/account/second-factor/confirm",
      "/api/v1/account/second-factor/end",
      "/api/v1/account/second-factor/recovery-codes",
      "/api/v1/account/sessions",
      "/api/v1/account/sessions/{sessionId}",
      "/api/v1/account/token",
      "/api/v1/audit",
      "/api/v1/audit/denials",
      "/api/v1/auth/confirm-email",
      "/api/v1/auth/firebase",
      "/api/v1/auth/passkey",
      "/api/v1/auth/passkey/options",
      "/api/v1/auth/providers/{provider}",
      "/api/v1/auth/reset-password",
      "/api/v1/auth/reset-password/send",
      "/api/v1/auth/second-factor",
      "/api/v1/auth/sign-in",
      "/api/v1/auth/sign-up",
      "/api/v1/auth/token",
      "/api/v1/auth/verify-email",
      "/api/v1/auth/verify-email/send",
      "/api/v1/blocks",
      "/api/v1/blocks/{block}",
      "/api/v1/briefs",
      "/api/v1/briefs/{date}",
      "/api/v1/briefs/{date}.html",
      "/api/v1/briefs/{date}.md",
      "/api/v1/briefs/{date}/pictures/{number}.png",
      "/api/v1/briefs/{date}/pictures/{number}.svg",
      "/api/v1/entities",
      "/api/v1/entities/{actor}/flows",
      "/api/v1/events",
      "/api/v1/feedback/comments/{commentId}/hide",
      "/api/v1/feedback/insights/{id}/comment",
      "/api/v1/feedback/insights/{id}/comments",
      "/api/v1/feedback/insights/{id}/flag",
      "/api/v1/feedback/insights/{id}/rate",
      "/api/v1/feedback/insights/{id}/stats",
      "/api/v1/feedback/moderation",
      "/api/v1/feedback/stats",
      "/api/v1/fees/recommended",
      "/api/v1/forecasts",
      "/api/v1/insights",
      "/api/v1/insights/export",
      "/api/v1/insights/facets",
      "/api/v1/insights/latest",
      "/api/v1/insights/{id}",
      "/api/v1/insights/{id}/bundle",
      "/api/v1/insights/{id}/chart",
      "/api/v1/insights/{id}/explanation",
      "/api/v1/insights/{id}/outcome",
      "/api/v1/insights/{id}/picture.png",
      "/api/v1/insights/{id}/picture.svg",
      "/api/v1/insights/{id}/related",
      "/api/v1/insights/{id}/sparkline.svg",
      "/api/v1/invitations",
      "/api/v1/invitations/{invitationId}",
      "/api/v1/labels",
      "/api/v1/mempool",
      "/api/v1/mempool/history",
      "/api/v1/metrics",
      "/api/v1/monitoring/backfill",
      "/api/v1/monitoring/backfill/{id}",
      "/api/v1/monitoring/backfill/{id}/{change}",
      "/api/v1/monitoring/metrics/insights",
      "/api/v1/monitoring/metrics/signals",
      "/api/v1/monitoring/metrics/system",
      "/api/v1/monitoring/status",
      "/api/v1/operator/sessions",
      "/api/v1/operator/sessions/{sessionId}",
      "/api/v1/people",
      "/api/v1/people/{personId}",
      "/api/v1/pools",
      "/api/v1/scorecard",
      "/api/v1/series/{metric}",
      "/api/v1/session",
      "/api/v1/setup",
      "/api/v1/setup/source",
      "/api/v1/setup/test",
      "/api/v1/signals",
      "/api/v1/tiers",
      "/api/v1/tiers/{tier}",
      "/api/v1/tip",
      "/api/v1/transactions/{txid}",
      "/api/v1/transactions/{txid}/lookup",
      "/api/v1/transfers",
      "/feeds/briefs.atom",
      "/feeds/insights.atom",
      "/livez",
      "/metrics",
      "/readyz",
      "/v1/metrics/{category}/{name}",
    ]);
  });
});

test("with the database gone the status says so, and invents nothing", async () => {
  const lost = await openTestDatabase();
  await lost.db.destroy();
  const status = monitoringStatus.parse(
    await measureStatus({
      db: lost.db,
      streamClients: () => 0,
      measureApi: () => ({ answerMs: null, waitMs: 0 }),
      readDisk: async () => undefined,
    }),
  );
  expect(status).toMatchObject({
    state: "down",
    network: null,
    simulated: null,
    counts: null,
    tip: null,
    lastEventId: null,
  });
  expect(status.components.find(({ name }) => name === "database")).toMatchObject({ state: "down" });
});

describe("streams", () => {
  test("greet, resume without loss, and go on live", async () => {
    const client = await connect("/ws/insights");
    expect(await client.next()).toMatchObject({
      type: "hello",
      lastEventId: expect.any(Number),
      streamId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    client.send({ type: "subscribe", since: 0 });
    const missed = [await client.next(), await client.next(), await client.next(), await client.next()];
    expect(missed.map(({ type }) => type)).toEqual(Array.from({ length: 4 }, () => "insight.published"));
    await saveBlocks(db, [storedBlock(4)]);
    expect(await client.next()).toMatchObject({
      type: "insight.published",
      data: { height: 4, status: "preliminary" },
    });
    const tip = storedBlock(4).header;
    await saveBlocks(db, [], [{ height: tip.height, hash: tip.hash }]);
    const retraction = await client.next();
    expect(retraction).toMatchObject({ type: "insight.retracted", data: { height: 4, status: "retracted" } });
    const { id } = (retraction as { readonly data: { readonly id: string } }).data;
    const gone = await get(`/api/v1/insights/${id}/bundle`);
    expect(gone).toMatchObject({ status: 410, body: { code: "API_INSIGHT_BLOCK_GONE" } });
    client.close();
  });

  test("monitoring tells blocks and the status", async () => {
    const subscribed = async () => ((await get("/api/v1/monitoring/status")).body as MonitoringStatus).streamClients;
    await expect.poll(subscribed, { timeout: 10_000 }).toBe(0);
    const client = await connect("/ws/monitoring");
    client.send({ type: "subscribe" });
    // It is not told by itself that it has subscribed, and what is stored before that does not come.
    let first = await client.next();
    while (first.type !== "status" || first.data.streamClients === 0) first = await client.next();
    await saveBlocks(db, [storedBlock(4, { branch: "other", parent: "main" })]);
    let message = await client.next();
    while (message.type === "status") message = await client.next();
    expect(message).toMatchObject({ type: "block.connected", data: { height: 4 } });
    client.close();
  });

  test("a client from another database is told to start anew", async () => {
    const client = await connect("/ws/insights");
    await client.next();
    client.send({ type: "subscribe", since: 1_000_000 });
    expect(await client.next()).toMatchObject({ type: "reset" });
    client.close();
  });

  test("a message that is none is refused with a reason", async () => {
    const client = await connect("/ws/insights");
    await client.next();
    client.send("hello?");
    expect(await client.next()).toMatchObject({ type: "error", code: "API_BAD_REQUEST" });
    expect(await client.closed).toBe(4400);
  });

  test("a page of another origin may not listen, our own may", async () => {
    const foreign = new WebSocket(streamUrl("/ws/insights"), { origin: "https://elsewhere.example" });
    const [error] = await once(foreign, "error");
    expect(String(error)).toContain("403");
    const own = await connect("/ws/insights", api.url);
    expect(await own.next()).toMatchObject({ type: "hello" });
    own.close();
  });
});

function streamUrl(path: string): string {
  return `${api.url.replace("http", "ws")}${path}`;
}

type Client = {
  next(): Promise<ServerMessage>;
  send(message: unknown): void;
  close(): void;
  readonly closed: Promise<number>;
};

/** Every message that comes is held against the contract. */
async function connect(path: string, origin?: string): Promise<Client> {
  const socket = new WebSocket(streamUrl(path), origin === undefined ? {} : { origin });
  const queue: ServerMessage[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<number>();
  socket.on("message", (raw) =>
    queue.push(serverMessage.parse(JSON.parse(Buffer.isBuffer(raw) ? raw.toString() : ""))),
  );
  socket.on("close", resolve);
  await once(socket, "open");
  return {
    async next() {
      while (queue.length === 0) await once(socket, "message", { signal: AbortSignal.timeout(10_000) });
      const message = queue.shift();
      if (message === undefined) throw new Error("no message");
      return message;
    },
    send: (message) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
    closed,
  };
}
