import { chmodSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { VERSION } from "#lib";
import { monitoringStatus, type MonitoringStatus } from "#contract";
import { extend } from "../fixtures/small-chain.ts";
import { type CoreNodeOptions, startCoreNode, withMadeUpCoinHeights } from "../helpers/core-node/index.ts";
import { cloneDatabase } from "../helpers/database.ts";
import { runCommand } from "../helpers/run-command.ts";
import { startProgram } from "../helpers/running-program.ts";

const main = extend([], 40, "main");
const rival = extend(main.slice(0, 37), 5, "rival");
const blocks = withMadeUpCoinHeights([...main, ...rival.slice(37)]);
const login = { user: "me", password: "s3cret" };

const tipOf = (chain: typeof main): string => chain.at(-1)?.hash ?? "";

async function startNode(options: Partial<CoreNodeOptions> = {}) {
  const node = await startCoreNode({ network: NETWORKS.regtest, chain: blocks, tip: tipOf(main), login, ...options });
  onTestFinished(() => node.stop());
  return node;
}

type Place = { readonly url: string; readonly data: string };

async function newPlace(): Promise<Place> {
  const { host, port, user, database } = await cloneDatabase();
  const url = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  const data = mkdtempSync(join(tmpdir(), "utxoiq-sources-"));
  chmodSync(data, 0o755);
  return { url, data };
}

async function startProgramOn(source: string, place?: Place, ...flags: readonly string[]) {
  const { url, data } = place ?? (await newPlace());
  const where = ["--database-url", url, "--data", data, "--port", "0"];
  const program = startProgram("start", "--source", source, ...where, ...flags);
  onTestFinished(async () => {
    program.process.kill("SIGINT");
    await program.ended;
  });
  const page = await program.shows(/Dashboard\s+(http:\S+)\/dashboard/);
  const readStatus = async (): Promise<MonitoringStatus> =>
    monitoringStatus.parse(await (await fetch(`${page}/api/v1/monitoring/status`)).json());
  return { program, readStatus, until: (wanted: (status: MonitoringStatus) => boolean) => until(readStatus, wanted) };
}

async function until(
  readStatus: () => Promise<MonitoringStatus>,
  wanted: (status: MonitoringStatus) => boolean,
): Promise<MonitoringStatus> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const status = await readStatus();
    if (wanted(status)) return status;
    expect(Date.now(), JSON.stringify(status)).toBeLessThan(deadline);
    await wait(100);
  }
}

const sourceOf = ({ components }: MonitoringStatus) => components.find(({ name }) => name === "source");

describe("the program on a Bitcoin Core node", () => {
  test("tells what it is, follows a reorganisation, says when it is gone, and goes on when it is back", async () => {
    const node = await startNode({ zmq: true });
    const { program, until: reaches } = await startProgramOn(node.source);
    await program.shows(/Source\s+Bitcoin Core 28\S* .*regtest, not pruned.*ZMQ/);
    const status = await reaches(({ tip, mempool }) => tip?.hash === tipOf(main) && mempool !== null);
    expect(status).toMatchObject({ network: "regtest", simulated: false, source: `core:${node.url}`, blocksBehind: 0 });
    expect(status.mempool).toMatchObject({ count: 0, nextBlockFeeRate: null });
    node.setTip(tipOf(rival));
    await reaches(({ tip }) => tip?.hash === tipOf(rival));

    await node.stop();
    const gone = await reaches((now) => sourceOf(now)?.state === "down");
    expect(sourceOf(gone)?.reason).toContain(node.url);
    const behind = await reaches(({ quiet }) => quiet.length > 0);
    expect(behind.quiet[0]).toMatchObject({ reason: "source-behind", detail: expect.stringContaining(node.url) });
    await startNode({ port: node.port, tip: tipOf(rival) });
    await reaches((now) => sourceOf(now)?.state === "healthy" && now.quiet.length === 0);
    await program.shows(/Source\s+healthy again/);
    expect(program.stdout() + program.stderr()).not.toContain(login.password);
  }, 90_000);

  test("that keeps its mempool from us all at once is followed on, with a word of it", async () => {
    const node = await startNode();
    const { until: reaches } = await startProgramOn(node.source);
    await reaches(({ tip, mempool }) => tip?.hash === tipOf(main) && mempool !== null);
    node.failNext({ kind: "forbidden", times: 1_000, method: "getmempoolinfo" });
    const status = await reaches((now) => sourceOf(now)?.state === "degraded");
    expect(sourceOf(status)?.reason).toMatch(/not seen: .*rpcwhitelist/);
    await reaches(({ mempool }) => mempool === null);
    node.setTip(tipOf(rival));
    await reaches(({ tip }) => tip?.hash === tipOf(rival));
  }, 60_000);

  test("is waited for where its blocks are stored, with the page over them; the page alone needs no node", async () => {
    const place = await newPlace();
    const node = await startNode();
    const first = await startProgramOn(node.source, place, "--history-blocks", "5");
    await first.until(({ tip }) => tip?.hash === tipOf(main));
    first.program.process.kill("SIGINT");
    await first.program.ended;
    await node.stop();

    const alone = await startProgramOn(node.source, place, "--roles", "api");
    await alone.program.shows(/Database\s+ready in \S+, holds regtest/);
    expect(await alone.readStatus()).toMatchObject({ network: "regtest", tip: { hash: tipOf(main) } });
    alone.program.process.kill("SIGINT");
    expect(await alone.program.ended).toBe(0);

    const again = await startProgramOn(node.source, place);
    await again.program.shows(/Waiting\s+Nothing answers at http:\S+ connection refused/);
    const waiting = await again.until((now) => sourceOf(now)?.state === "down");
    expect(waiting).toMatchObject({ tip: { hash: tipOf(main) }, counts: { blocks: 5 } });
    await startNode({ port: node.port, tip: tipOf(rival) });
    await again.until(({ tip }) => tip?.hash === tipOf(rival));
    expect(again.program.stdout()).toMatch(/History\s+blocks are stored from 35 on; --history-blocks counts at first/);
  }, 90_000);

  test("Ctrl-C ends the wait for a server that says nothing, at once", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const program = startProgram(
      "start",
      "--source",
      `esplora:http://127.0.0.1:${port}/api`,
      "--data",
      "/no/such/data",
    );
    await program.shows(/Waiting\s+for an answer of Esplora at http:\/\/127/);
    const asked = performance.now();
    program.process.kill("SIGINT");
    expect(await program.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(program.stderr()).toBe("Stopped\n");
    silent.closeAllConnections();
    silent.close();
  });

  test("uses the second of a list while the first does not answer, and says so", async () => {
    const [first, second] = [await startNode(), await startNode()];
    await first.stop();
    const { until: reaches } = await startProgramOn(`${first.source},${second.source}`);
    const status = await reaches((now) => sourceOf(now)?.reason?.startsWith("second of 2") === true);
    expect(sourceOf(status)?.reason).toMatch(/^second of 2: .*, because .*: Nothing answers/);
    await reaches(({ tip }) => tip?.hash === tipOf(main));
    second.setTip(tipOf(rival));
    await reaches(({ tip }) => tip?.hash === tipOf(rival));
  });

  test("mempool prints one snapshot as JSON", async () => {
    const node = await startNode();
    const { code, stdout } = await runCommand("mempool", "--source", node.source, "--once", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ count: 0, weight: 0, tip: { height: 39, hash: tipOf(main) } });
    const none = await runCommand("mempool", "--source", "simnet:1", "--data", "/no/such/place");
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("there is nothing in /no/such/place; utxoiq start follows it"),
    });
  });

  test.each([
    ["wrong password", (url: string) => `core:${url.replace("//", "//me:guessed@")}`, /user|password/],
    ["nobody there", () => "core:http://me:s3cret@127.0.0.1:1", /Nothing answers at http:\/\/127\.0\.0\.1:1/],
    ["no datadir", () => "core-files:/no/such/place", /\/no\/such\/place does not exist/],
  ])("%s is told in one sentence, without the password", async (_name, source, says) => {
    const node = await startNode();
    const { code, stderr } = await runCommand("start", "--source", source(node.url), "--data", "/no/such/data");
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).not.toMatch(/guessed|s3cret/);
  });

  test("a node on another network than the database is refused by name", async () => {
    const { host, port, user, database } = await cloneDatabase();
    const url = `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
    const data = mkdtempSync(join(tmpdir(), "utxoiq-sources-"));
    const on = async (source: string) =>
      startProgram("start", "--source", source, "--database-url", url, "--data", data, "--port", "0");
    const simulation = await on("simnet:1");
    await simulation.shows(/Blocks/);
    simulation.process.kill("SIGINT");
    await simulation.ended;
    const node = await startNode();
    const refused = await on(node.source);
    expect(await refused.ended).toBe(1);
    expect(refused.stderr()).toMatch(/This database holds simnet .*, not regtest/);
    const log = readFileSync(join(data, "utxoiq.log"), "utf8").trimEnd().split("\n");
    const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: "start", version: VERSION, roles: ["ingest", "api", "backfill"] }),
    );
    expect(lines.at(-1)).toMatchObject({
      level: 60,
      code: "STORE_OTHER_CHAIN",
      reason: expect.stringMatching(/regtest/),
    });
  });

  test("what is no node is told from one", async () => {
    const server = createServer((_, response) => response.end("<html>hello</html>")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await runCommand("features", "--source", `core:http://a:b@127.0.0.1:${port}`);
    server.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/not .*(Bitcoin|JSON)/i);
  });
});
