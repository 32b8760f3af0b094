import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** What a worker does when it is asked by name. */
type Orders = Readonly<Record<string, (order: never) => unknown>>;

export type Worker = {
  readonly process: ChildProcess;
  /** Rejects when the worker could not, or ended. */
  ask<Reply>(name: string, order?: unknown): Promise<Reply>;
  stop(): Promise<void>;
};

type Message = { readonly number: number; readonly reply?: unknown; readonly error?: string };

/** Runs a file as a process of its own that answers orders; `argument` is its first. */
export function startWorker(file: string, argument: string, execArgv: readonly string[] = []): Worker {
  const child = fork(file, [argument], { execArgv: [...execArgv], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const exited = once(child, "exit");
  let asked = 0;
  return {
    process: child,
    async ask<Reply>(name: string, order: unknown = {}) {
      const number = (asked += 1);
      const reply = new Promise<Reply>((resolve, reject) => {
        const onMessage = (message: Message): void => {
          if (message.number !== number) return;
          child.off("message", onMessage);
          if (message.error === undefined) resolve(message.reply as Reply);
          else reject(new Error(`${argument}, ${name}: ${message.error}`));
        };
        child.on("message", onMessage);
        void exited.then(() => reject(new Error(`the worker "${argument}" ended while it was asked to ${name}`)));
      });
      child.send({ number, name, order });
      return reply;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** In the worker: answers until whoever started it lets go. */
export function answer(orders: Orders): void {
  process.on("message", ({ number, name, order }: { number: number; name: string; order: never }) => {
    const work = async (): Promise<unknown> => orders[name]?.(order);
    work().then(
      (reply) => process.send?.({ number, reply: reply ?? null }),
      (error: unknown) => process.send?.({ number, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on("disconnect", () => process.exit(0));
}

/** Milliseconds of a clock that all processes of the machine share. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The value below which so many of 100 lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))] ?? Number.NaN;
}
