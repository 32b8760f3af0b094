import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../helpers/run-command.ts";
import { type Outcome, startProgram } from "../helpers/running-program.ts";

const SLOW = { timeout: 400_000 };
const EXCHANGE = "Varnost Exchange (simulated)";
const BTC = 100_000_000;

type Flow = { readonly height: number; readonly inflow: number };

function linesOf({ stdout }: Outcome): readonly string[] {
  return stdout.split("\n").filter((line) => line !== "");
}

test(
  "what is staged while the program runs shows in the flows of whom it happens to, by labels it stores once",
  SLOW,
  async () => {
    const data = mkdtempSync(join(tmpdir(), "utxoiq-simnet-events-"));
    chmodSync(data, 0o755);
    const where = ["--source", "simnet:6", "--data", data] as const;
    const start = ["start", ...where, "--roles", "ingest", "--history-blocks", "150"] as const;
    const program = startProgram(...start, "--pace", "2400");
    await program.shows(/Ready {2,}following the tip/);

    const staged = await runCommand(
      "simnet",
      "event",
      "inflow-spike",
      "--entity",
      EXCHANGE,
      "--size",
      "6000",
      "--lasts",
      "40",
      ...where,
    );
    expect(staged).toMatchObject({ code: 0, stderr: "" });
    const [, from] =
      /^Staged +inflow-spike, .*6,000 BTC, over 40 blocks, from block (\d+) on$/m.exec(staged.stdout) ?? [];
    const fromHeight = Number(from);
    expect(fromHeight).toBeGreaterThan(150);

    const unknown = await runCommand("simnet", "event", "dance", ...where);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining("dance is not an event; there are ") });

    const flows = async (): Promise<readonly Flow[]> =>
      linesOf(await runCommand("flows", "Varnost Exchange", "--json", ...where)).map((line): Flow => JSON.parse(line));
    const received = (rows: readonly Flow[]): number =>
      rows.filter(({ height }) => height >= fromHeight).reduce((sum, { inflow }) => sum + inflow, 0);
    await expect
      .poll(async () => received(await flows()), { timeout: 240_000, interval: 1_000 })
      .toBeGreaterThan(5_500 * BTC);
    const before = (await flows()).filter(({ height }) => height < fromHeight);
    // They are known from the first blocks on, and nothing like it came before.
    expect(before.length).toBeGreaterThan(20);
    expect(Math.max(...before.map(({ inflow }) => inflow))).toBeLessThan(3_000 * BTC);

    const labels = async (): Promise<readonly { file: string }[]> =>
      linesOf(await runCommand("labels", "export", ...where)).map((line): { file: string } => JSON.parse(line));
    const known = await labels();
    expect(new Set(known.map(({ file }) => file))).toEqual(new Set(["simulated network, seed 6"]));
    // As a machine does that loses its power, and then the disk with the snapshots.
    program.process.kill("SIGKILL");
    await program.ended;
    rmSync(join(data, "simnet"), { recursive: true });

    // Slowly, as what waits is stored once it was seen three times between two blocks.
    const again = startProgram(...start, "--pace", "60");
    await again.shows(/Ready {2,}following the tip/);
    expect(await labels()).toEqual(known);
    const version = await runCommand("labels", "check", ...where);
    expect(version.stdout).toContain("Version 1: 0 scripts");
    const ledger = await runCommand("simnet", "ledger", "--kind", "inflow-spike", "--json", ...where);
    expect(Number(/up to block ([\d,]+), the newest that is stored/.exec(ledger.stderr)?.[1])).toBeGreaterThan(
      fromHeight,
    );
    const told = linesOf(ledger).map((line): { staged: string; entity: string } => JSON.parse(line));
    expect(told.filter(({ staged }) => staged === "by command")).toMatchObject([{ entity: EXCHANGE }]);
    const other = await runCommand("simnet", "ledger", "--source", "simnet:7", "--blocks", "3", "--data", data);
    expect(other.stderr).toMatch(/nothing: the database holds another chain[^]*up to block 2, as --blocks says/);
    const waiting = await runCommand("mempool", "--once", "--json", ...where);
    expect({ code: waiting.code, snapshot: JSON.parse(waiting.stdout) }).toMatchObject({
      code: 0,
      snapshot: { tip: { height: expect.any(Number) }, count: expect.any(Number), projectedBlocks: expect.any(Array) },
    });
    again.process.kill("SIGINT");
    expect({ code: await again.ended, stderr: again.stderr() }).toEqual({ code: 0, stderr: "" });

    const silent = await runCommand("simnet", "event", "fee-spike", ...where);
    expect(silent).toMatchObject({ code: 1, stdout: "" });
    expect(silent.stderr).toContain("ingest is not running");
    // Its last heartbeat is a few seconds old by now.
    const nobody = await runCommand("mempool", "--once", ...where);
    expect(nobody).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("ingest is not running") });
  },
);
