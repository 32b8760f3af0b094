import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/**
 * All orders, as many at once as there are processors; results in the order of the orders.
 * @param thread module that answers its `workerData`, an order, with one message
 */
export async function runInThreads<Order, Result>(
  thread: URL,
  orders: readonly Order[],
  onDone: (result: Result, order: Order) => void,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const waiting = [...orders.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, order] = next;
      const result = await runInThread<Result>(thread, order);
      results.set(place, result);
      onDone(result, order);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), orders.length) }, work));
  return orders.flatMap((_, place) => results.get(place) ?? []);
}

function runInThread<Result>(module: URL, order: unknown): Promise<Result> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(module, { workerData: order });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) =>
      reject(new Error(`the thread of ${JSON.stringify(order)} ended with ${code} and said nothing`)),
    );
  });
}
