import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { SeedOrder, SeedResult } from "./evaluate-seed.ts";

/** All seeds, as many at once as there are processors; results in the order of the orders. */
export async function runSeeds(
  orders: readonly SeedOrder[],
  onDone: (result: SeedResult) => void,
): Promise<readonly SeedResult[]> {
  const results = new Map<SeedOrder, SeedResult>();
  const waiting = [...orders];
  const work = async (): Promise<void> => {
    for (let order = waiting.shift(); order !== undefined; order = waiting.shift()) {
      const result = await runSeed(order);
      results.set(order, result);
      onDone(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), orders.length) }, work));
  return orders.flatMap((order) => results.get(order) ?? []);
}

function runSeed(order: SeedOrder): Promise<SeedResult> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./seed-thread.ts", import.meta.url), { workerData: order });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) =>
      reject(new Error(`the thread of seed ${order.seed} ended with ${code} and said nothing`)),
    );
  });
}
