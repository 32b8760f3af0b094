import { expect, test } from "vitest";
import { claimChain, saveBlocks } from "#store";
import { type Prediction, scoreOutcome } from "#signals";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { runCommand } from "../../test/helpers/run-command.ts";
import { storedBlock } from "../../test/helpers/stored-blocks.ts";

test("scorecard verify ends with the first entry whose prediction is listed otherwise, or that a noted head misses", async () => {
  const { db, connection } = await openTestDatabase();
  const { host, port, user, database } = connection as Record<string, string | number>;
  const url = `postgres://${user}@/${database}?host=${encodeURIComponent(String(host))}&port=${port}`;
  const verify = (...args: readonly string[]) =>
    runCommand("scorecard", "verify", "--network", "simnet", "--database-url", url, "--log-level", "silent", ...args);
  await claimChain(db, { network: "simnet", chainId: "simnet:1", simulated: true });
  const [first, second] = [storedBlock(0), storedBlock(1)];
  const [signal] = first.signals;
  if (signal === undefined) throw new Error("a stored block has signals");
  const { height, hash: blockHash, time } = first.header;
  const claim: Prediction = {
    id: "1".repeat(32),
    kind: "fee-spike",
    subject: null,
    calibration: null,
    live: true,
    height,
    blockHash,
    time,
    dueHeight: 1,
    statement: { type: "claim", text: "It holds.", probability: 0.5, score: 1, signal },
  };
  const outcome = { type: "claim", came: false } as const;
  const resolved = [{ prediction: claim, outcome, score: scoreOutcome(claim, outcome) }];
  await saveBlocks(db, [
    { ...first, predictions: { made: [claim], resolved: [] } },
    { ...second, predictions: { made: [], resolved } },
  ]);
  const { head } = JSON.parse((await verify("--json")).stdout) as { head: string };
  expect(await verify("--head", head)).toMatchObject({ code: 0 });
  expect(await verify("--head", "ab".repeat(32))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Entry 3 of the scorecard does not hold: the entry of the hash abab"),
  });
  expect(await verify("--head", "moon")).toMatchObject({ code: 1, stderr: expect.stringContaining("64 hex digits") });
  await query(db, "UPDATE predictions SET state = 'withdrawn', resolved_height = NULL");
  expect(await verify()).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Entry 2 of the scorecard does not hold: its prediction 1111"),
  });
});
