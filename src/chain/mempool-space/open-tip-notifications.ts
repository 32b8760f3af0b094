import type { AppError } from "#lib";
import { LatestNews } from "./latest-news.ts";
import { listenToMempoolSpace } from "./mempool-space-socket.ts";
import { mempoolSpaceSocketUrl } from "./socket-url.ts";

type NotificationOptions = { readonly onTrouble?: (error: AppError) => void };

/**
 * Yields whenever a mempool.space server may have a new tip: a block came, the chain was reorganised, or the connection
 * was made (again) and news may have been missed. Several at once are told as one. Ends when the signal is aborted.
 * `url`: that of the API or of the WebSocket.
 */
export async function* openTipNotifications(
  url: string,
  signal: AbortSignal,
  { onTrouble }: NotificationOptions = {},
): AsyncGenerator<void> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const news = new LatestNews();
  const listening = listenToMempoolSpace({
    url: mempoolSpaceSocketUrl(url),
    wants: ["blocks"],
    signal: stop,
    onConnect: () => news.announce(),
    onMessage: (message) => {
      if ("block" in message || "blocks" in message) news.announce();
      return undefined;
    },
    onTrouble,
  });
  try {
    while (true) {
      await news.wait(stop);
      if (stop.aborted) return;
      yield;
    }
  } finally {
    left.abort();
    await listening;
  }
}
