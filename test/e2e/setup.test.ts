import { chmodSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { NETWORKS } from "#bitcoin";
import { monitoringStatus, setup, transactionLookup } from "#contract";
import { extend } from "../fixtures/small-chain.ts";
import { startCoreNode, withMadeUpCoinHeights } from "../helpers/core-node/index.ts";
import { launchBrowser } from "../helpers/browser.ts";
import { startProgramIn } from "../helpers/running-program.ts";

const chain = withMadeUpCoinHeights(extend([], 20, "main"));
const login = { user: "me", password: "s3cret" };
const node = await startCoreNode({ network: NETWORKS.regtest, chain, login, txIndex: true });
afterAll(() => node.stop());

async function askNode(method: string, params: readonly unknown[]): Promise<{ result: { tx: readonly string[] } }> {
  const headers = { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString("base64")}` };
  const response = await fetch(node.url, { method: "POST", headers, body: JSON.stringify({ id: 1, method, params }) });
  return (await response.json()) as { result: { tx: readonly string[] } };
}

test("a node is tested and chosen while the simulation runs, and is read at once", async () => {
  const place = mkdtempSync(join(tmpdir(), "utxoiq-setup-"));
  chmodSync(place, 0o755);
  const program = startProgramIn(place, "start", "--port", "0", "--history-blocks", "10");
  onTestFinished(async () => {
    program.process.kill("SIGINT");
    await program.ended;
  });
  const page = await program.shows(/Dashboard\s+(http:\S+)\/dashboard/);
  await program.shows(/Ready\s+following/);
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const directory = existsSync(join(place, "data/regtest/operator.token")) ? "regtest" : "simnet";
    const token = readFileSync(join(place, "data", directory, "operator.token"), "utf8").trim();
    const response = await fetch(`${page}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };

  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const reader = await browser.newPage({ viewport: { width: 390, height: 844 } });
  reader.setDefaultTimeout(10_000);
  await reader.goto(await program.shows(/(http:\S+\/operator\?code=\S+)/));
  await reader.goto(`${page}/setup`);
  await reader.getByText(/This is a simulated network/).waitFor();
  await reader.getByLabel("Address").fill(node.url);
  await reader.getByLabel("User").fill(login.user);
  const password = reader.getByRole("textbox", { name: "Password" });
  await password.fill("guess");
  await reader.getByRole("button", { name: "Test" }).click();
  await reader.getByText(/refuses? the (login|user|password)|401/).waitFor();
  await password.fill(login.password);
  await reader.getByRole("button", { name: "Test" }).click();
  await reader.getByText(/Bitcoin Core 28.*at block 19/).waitFor();
  await reader.getByText(/another chain than the one that is stored/).waitFor();
  await reader.getByLabel("First block").fill("12");
  await reader.getByRole("button", { name: "Read blocks from there" }).click();
  await reader.getByText(/It is chosen/).waitFor();

  // On the same port, in a data directory of its own.
  const status = async () => monitoringStatus.safeParse(await ask("GET", "monitoring/status").catch(() => null)).data;
  const reads = async () => [(await status())?.source, (await status())?.tip?.height];
  await expect.poll(reads, { timeout: 20_000, interval: 200 }).toEqual([`core:${node.url}`, 19]);
  expect(await status()).toMatchObject({ network: "regtest", counts: { blocks: 8 } });
  const state = setup.setupState.parse(await ask("GET", "setup"));
  expect(state).toMatchObject({ ingest: "running", choice: "open", progress: { blocksBehind: 0 } });
  expect(state.chosen).toMatchObject({ source: `Bitcoin Core at ${node.url}`, historyBlocks: 8, by: "the operator" });

  // Too small to be kept, and below all that is stored; the node has an index.
  const { result } = await askNode("getblock", [chain[5]?.hash, 1]);
  expect(transactionLookup.parse(await ask("GET", `transactions/${result.tx[1]}/lookup`))).toMatchObject({
    known: "source",
    transaction: { block: { height: 5 }, inputs: 1 },
  });
  expect(program.stdout() + program.stderr()).not.toContain("s3cret");
}, 60_000);
