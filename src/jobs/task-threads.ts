import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import type { backfilling } from "#ingest";
import { AppError } from "#lib";
import type { backfill } from "#store";
import { LabelShelf } from "./label-shelf.ts";
import type { FromThread, ThreadData, ToThread } from "./thread-messages.ts";

/** Labels and sources take memory, so threads without work go after so long. */
const IDLE_MS = 30_000;

/** A thread that does not end in so long is ended. */
const STOP_WITHIN_MS = 3_000;

type Thread = { readonly worker: Worker; idle: boolean; timer: NodeJS.Timeout | undefined };

/** Threads that do one task each at a time; made when they are needed. */
export class TaskThreads {
  readonly #data: ThreadData;
  readonly #threads = new Set<Thread>();
  readonly #shelf = new LabelShelf<Thread, backfilling.PortableLabels>();

  constructor(data: ThreadData) {
    this.#data = data;
  }

  /** @throws AppError with the code of what failed in the thread */
  async run(task: backfill.BackfillTask, signal: AbortSignal): Promise<void> {
    // A thread can be told to abandon only what it has begun.
    signal.throwIfAborted();
    const thread = [...this.#threads].find(({ idle }) => idle) ?? this.#begin();
    thread.idle = false;
    clearTimeout(thread.timer);
    const abandon = (): void => post(thread, { type: "abandon" });
    signal.addEventListener("abort", abandon, { once: true });
    try {
      await outcomeOf(thread.worker, () => post(thread, { type: "work", task }));
    } finally {
      signal.removeEventListener("abort", abandon);
      thread.idle = true;
      thread.timer = setTimeout(() => void this.#end(thread), IDLE_MS);
      thread.timer.unref();
    }
  }

  /** What is under way ends with the batch that it is at. */
  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => this.#end(thread)));
  }

  #begin(): Thread {
    const cache = getCompileCacheDir();
    // A version of Node has a directory of its own there.
    const workerData: ThreadData = { ...this.#data, compileCache: cache && dirname(cache) };
    const worker = new Worker(new URL("task-thread.ts", import.meta.url), { workerData });
    const thread: Thread = { worker, idle: true, timer: undefined };
    this.#threads.add(thread);
    const leave = (): void => {
      this.#threads.delete(thread);
      this.#shelf.giveUp(thread);
    };
    worker.on("exit", leave);
    // Told to who waits for its task as well; without a listener it would end the process.
    worker.on("error", leave);
    worker.on("message", (message: FromThread) => this.#mind(thread, message));
    return thread;
  }

  #mind(thread: Thread, message: FromThread): void {
    if (message.type === "labels-made") this.#shelf.leave(message.labels);
    else if (message.type === "labels-failed") this.#shelf.giveUp(thread);
    else if (message.type === "labels-wanted") {
      this.#shelf.ask(message.version, thread, (labels) => post(thread, { type: "labels", labels }));
    }
  }

  async #end(thread: Thread): Promise<void> {
    this.#threads.delete(thread);
    clearTimeout(thread.timer);
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    thread.worker.once("exit", () => resolve());
    post(thread, { type: "stop" });
    const timer = setTimeout(() => void thread.worker.terminate(), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }
}

function post({ worker }: Thread, message: ToThread): void {
  worker.postMessage(message, []);
}

function outcomeOf(worker: Worker, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      act();
    };
    const onMessage = (message: FromThread): void => {
      if (message.type === "done") settle(resolve);
      else if (message.type === "failed") settle(() => reject(new AppError(message.code, message.message)));
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (): void => settle(() => reject(new AppError("JOBS_TASK_FAILED", "the thread ended")));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    begin();
  });
}
