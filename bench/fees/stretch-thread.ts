/** Collects the answers along one stretch in a thread of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { type Stretch, collect } from "./collect.ts";

parentPort?.postMessage(collect(workerData as Stretch), []);
