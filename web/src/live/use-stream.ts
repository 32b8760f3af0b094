import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { BackfillList, MonitoringStatus, StoredEvent } from "#contract";
import { StreamClient, type StreamState } from "#sdk";

type StreamHandlers = {
  readonly path: "/ws/insights" | "/ws/monitoring";
  /** False until it is known where to begin. */
  readonly enabled: boolean;
  readonly startAfter: (lastEventId: number) => number;
  readonly onEvent: (event: StoredEvent) => void;
  readonly onStatus?: (status: MonitoringStatus) => void;
  readonly onBackfill?: (backfills: BackfillList) => void;
  readonly onReset?: () => void;
  readonly silenceMs?: number;
};

export type Stream = {
  /** Undefined until the stream was begun. */
  readonly state: StreamState | undefined;
  readonly reconnect: () => void;
};

/** A stream that is open as long as the component is there. Handlers may change; the connection stays. */
export function useStream({ path, enabled, silenceMs, ...handlers }: StreamHandlers): Stream {
  const [state, setState] = useState<StreamState>();
  const client = useRef<StreamClient>(undefined);
  const startAfter = useEffectEvent(handlers.startAfter);
  const onEvent = useEffectEvent(handlers.onEvent);
  const onStatus = useEffectEvent((status: MonitoringStatus) => handlers.onStatus?.(status));
  const onBackfill = useEffectEvent((backfills: BackfillList) => handlers.onBackfill?.(backfills));
  const onReset = useEffectEvent(() => handlers.onReset?.());

  useEffect(() => {
    if (!enabled) return;
    const stream = new StreamClient({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`,
      createSocket: (url) => new WebSocket(url),
      startAfter: (lastEventId) => startAfter(lastEventId),
      onEvent: (event) => onEvent(event),
      onStatus: (status) => onStatus(status),
      onBackfill: (list) => onBackfill(list),
      onReset: () => onReset(),
      onStateChange: setState,
      ...(silenceMs === undefined ? {} : { silenceMs }),
    });
    client.current = stream;
    setState(stream.state);
    stream.start();
    const retryNow = (): void => {
      if (stream.state !== "live") stream.reconnect();
    };
    window.addEventListener("online", retryNow);
    return () => {
      window.removeEventListener("online", retryNow);
      stream.stop();
    };
  }, [path, enabled, silenceMs]);

  return { state, reconnect: () => client.current?.reconnect() };
}
