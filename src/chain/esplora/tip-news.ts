import { pause } from "#lib";
import { openTipNotifications } from "../mempool-space/index.ts";

export type TipNews = {
  /** How news arrive, for a person. */
  readonly by: "WebSocket" | "polling";
  /** For one follower: its waits return when there was news since the last one, or when it is time to look anyway. */
  createWait(): (signal: AbortSignal) => Promise<void>;
};

type NewsOptions = {
  readonly pollMs: number;
  /** Ends the listening. */
  readonly signal: AbortSignal;
};

const CONNECT_WITHIN_MS = 5_000;
/** While the WebSocket stands, its silence is trusted for so many times as long. */
const TRUST = 6;

/** News of the tip by the WebSocket that mempool.space's servers have; from others by looking. */
export async function openTipNews(address: string, { pollMs, signal }: NewsOptions): Promise<TipNews> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const state = { connected: false, rings: 0, bell: new AbortController() };
  const first = Promise.withResolvers<void>();
  const listen = async (): Promise<void> => {
    const onTrouble = (): void => {
      state.connected = false;
      first.resolve();
    };
    for await (const _ of openTipNotifications(address, stop, { onTrouble })) {
      state.connected = true;
      state.rings += 1;
      state.bell.abort();
      state.bell = new AbortController();
      first.resolve();
    }
  };
  const listening = listen();
  await Promise.race([first.promise, listening, pause(CONNECT_WITHIN_MS, stop)]);
  const connected = state.connected;
  // A server that has none is not asked for it again.
  if (!connected) left.abort();
  return {
    by: connected ? "WebSocket" : "polling",
    createWait: () => {
      let { rings } = state;
      return async (follower) => {
        const waitMs = state.connected ? pollMs * TRUST : pollMs;
        if (state.rings === rings) await pause(waitMs, AbortSignal.any([follower, state.bell.signal]));
        ({ rings } = state);
      };
    },
  };
}
