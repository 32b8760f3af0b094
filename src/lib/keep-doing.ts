import { pause } from "./pause.ts";

type Keeping = {
  /** From the end of one time to the next. */
  readonly everyMs: number;
  readonly signal: AbortSignal;
  /** It is tried again, so this is for whoever reads the log. */
  readonly onFailure: (error: unknown) => void;
};

/** Does something again and again until the signal is aborted; without a pause where it says that there is more to do. */
export async function keepDoing(
  act: () => Promise<{ readonly more: boolean }>,
  { everyMs, signal, onFailure }: Keeping,
): Promise<void> {
  while (!signal.aborted) {
    let more = false;
    try {
      ({ more } = await act());
    } catch (error) {
      onFailure(error);
    }
    if (!more) await pause(everyMs, signal);
  }
}
