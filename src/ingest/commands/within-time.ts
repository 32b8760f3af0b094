import { sourceSlow } from "./errors.ts";

/** What the work gives, or an error that says that it took too long. The work is told to end. */
export async function withinTime<Result>(
  durationMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = AbortSignal.timeout(durationMs);
  try {
    return await work(AbortSignal.any([signal, late]));
  } catch (error) {
    if (late.aborted && !signal.aborted) throw sourceSlow(durationMs);
    throw error;
  }
}
