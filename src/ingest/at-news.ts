import { pause } from "#lib";

const LOOK_AGAIN_MS = 1_000;

type AtNews = {
  /** Begins to listen; `onNews` is called whenever there may be something new. */
  readonly listen: (onNews: () => void) => { close(): Promise<void> };
  readonly work: () => Promise<void>;
  readonly signal: AbortSignal;
};

/** Works at once, at news, and once a second in case some were missed, until the signal is aborted. */
export async function atNews({ listen, work, signal }: AtNews): Promise<void> {
  let news = new AbortController();
  const wake = (): void => news.abort();
  const listening = listen(wake);
  signal.addEventListener("abort", wake, { once: true });
  while (!signal.aborted) {
    news = new AbortController();
    await work();
    // What came while it was at work has woken it already.
    if (!signal.aborted) await pause(LOOK_AGAIN_MS, news.signal);
  }
  await listening.close();
}
