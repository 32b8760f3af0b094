import { backfill } from "#store";
import { openStoredNetwork } from "../open-network-store.ts";
import type { StoreCommand } from "../store-command.ts";

const SHOWN = 50;

/** `utxoiq backfill list`. */
export async function listBackfills(command: StoreCommand, { json }: { readonly json: boolean }): Promise<void> {
  const store = await openStoredNetwork(command);
  try {
    const jobs = await backfill.listJobs(store.db, SHOWN);
    if (jobs.length === 0 && !json) command.write("No backfill was asked for yet.");
    for (const job of jobs) command.write(json ? JSON.stringify(job) : describeJob(job));
  } finally {
    await store.close();
  }
}

/** A backfill in a line for a person. */
export function describeJob(job: backfill.BackfillJob): string {
  const { id, fromHeight, toHeight, only, status, part, blocksDone, blocksTotal, blocksPerSecond } = job;
  const asked = `${id}: blocks ${fromHeight} to ${toHeight}${only === null ? "" : `, only ${only}`}`;
  const done = blocksTotal === null ? "" : `, ${part} ${blocksDone} of ${blocksTotal}`;
  const rate = blocksPerSecond === null ? "" : `, ${Math.round(blocksPerSecond)} blocks/s`;
  const left = job.etaSeconds === null ? "" : `, ${Math.ceil(job.etaSeconds)} s left`;
  const errors = job.errorCount === 0 ? "" : `, ${job.errorCount} errors, ${job.parkedCount} blocks left out`;
  const failure = job.failure === null ? "" : `: ${job.failure.message}`;
  return `${asked}, ${status}${done}${rate}${left}${errors}${failure}`;
}
