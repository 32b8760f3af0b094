/** Evaluates one seed in a thread of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { evaluateSeed, type SeedOrder } from "./evaluate-seed.ts";

parentPort?.postMessage(evaluateSeed(workerData as SeedOrder), []);
