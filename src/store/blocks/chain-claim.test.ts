import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/helpers/database.ts";
import { otherChain } from "../errors.ts";
import { claimChain, findChain } from "./chain-claim.ts";

const { db } = await openTestDatabase();
const simnet = { network: "simnet", chainId: "00ab:42", simulated: true };

test("the first chain owns the database and comes back any number of times; another is refused by name", async () => {
  expect(await findChain(db)).toBeUndefined();
  await Promise.all([claimChain(db, simnet), claimChain(db, simnet)]);
  await claimChain(db, simnet);
  expect(await findChain(db)).toEqual(simnet);
  const refusals = [
    [
      { network: "mainnet", chainId: "0000", simulated: false },
      "This database holds simnet (00ab:42), not mainnet (0000)",
    ],
    [{ ...simnet, chainId: "00ab:43" }, "This database holds simnet (00ab:42), not simnet (00ab:43)"],
  ] as const;
  for (const [other, message] of refusals) {
    await expect(claimChain(db, other)).rejects.toMatchObject({
      code: "STORE_OTHER_CHAIN",
      message: expect.stringContaining(message),
    });
  }
  expect(await findChain(db)).toEqual(simnet);
});

test("the refusal names seeds and densities, leaves genesis hashes out, and names a directory to use", () => {
  const seeded = (seed: number | string) => ({
    network: "simnet",
    chainId: `simnet:${seed}:${"ab".repeat(32)}`,
    simulated: true,
  });
  const regtest = { network: "regtest", chainId: "0f".repeat(32), simulated: false };
  expect(otherChain(seeded(1), seeded(2)).message).toBe(
    "This database holds simnet (seed 1), not simnet (seed 2); each chain needs a database of its own, e.g. --data data/simnet-2",
  );
  expect(otherChain(seeded(1), seeded("1:realistic")).message).toBe(
    "This database holds simnet (seed 1), not simnet (seed 1, realistic density); each chain needs a database of its own, e.g. --data data/simnet-1-realistic",
  );
  expect(otherChain(seeded("1:realistic"), seeded(1)).message).toContain(
    "holds simnet (seed 1, realistic density), not simnet (seed 1);",
  );
  expect(otherChain(seeded(1), regtest).message).toBe(
    "This database holds simnet (seed 1), not regtest; each chain needs a database of its own, e.g. --data data/regtest",
  );
});
