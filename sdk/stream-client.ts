import type {
  BackfillList,
  ClientMessage,
  ForecastList,
  MempoolNow,
  MonitoringStatus,
  ServerMessage,
  StoredEvent,
} from "./messages.ts";
import { parseMessage } from "./parse-message.ts";

/**
 * `connecting`: the first attempt. `live`: the server greeted us. `reconnecting`: it was lost, we try again.
 * `offline`: several attempts in a row failed; we go on trying, but nobody should wait for it.
 */
export type StreamState = "connecting" | "live" | "reconnecting" | "offline";

/** The part of a browser's WebSocket that is used, so that a test can pass in another. */
export type SocketLike = {
  send(text: string): void;
  close(): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close" | "error", listener: () => void): void;
};

export type StreamClientOptions = {
  readonly url: string;
  readonly createSocket: (url: string) => SocketLike;
  /** Where to begin, given the newest event id of the server; afterwards it resumes after the last id it saw. */
  readonly startAfter: (lastEventId: number) => number;
  /** What to be told of; where nothing is said, what the path tells by itself. */
  readonly topics?: ClientMessage["topics"];
  /** Each stored event once, in the order of their ids. */
  readonly onEvent: (event: StoredEvent) => void;
  readonly onStatus?: (status: MonitoringStatus) => void;
  /** Backfills and how far they are, whenever that has changed. */
  readonly onBackfill?: (backfills: BackfillList) => void;
  readonly onMempool?: (mempool: MempoolNow) => void;
  readonly onForecast?: (forecasts: ForecastList) => void;
  /** What was missed is not kept any more: load the lists again, the stream goes on from here. */
  readonly onReset?: () => void;
  readonly onStateChange?: (state: StreamState) => void;
  /** A connection without any message for so long is taken for lost. Leave out where silence is normal. */
  readonly silenceMs?: number;
  readonly random?: () => number;
};

const HELLO_WITHIN_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
/** With the waits between them, this is after some ten seconds. */
const OFFLINE_AFTER_FAILURES = 6;

/** One stream that stays open: reconnects with backoff and jitter, resumes without loss and without doubles. */
export class StreamClient {
  readonly #options: StreamClientOptions;
  #state: StreamState = "connecting";
  #socket: SocketLike | undefined;
  #lastEventId: number | undefined;
  #streamId: string | undefined;
  #lastMessageAt: number | undefined;
  #failures = 0;
  #lossTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: StreamClientOptions) {
    this.#options = options;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** Wall clock, milliseconds; undefined until the server said something. */
  get lastMessageAt(): number | undefined {
    return this.#lastMessageAt;
  }

  get lastEventId(): number | undefined {
    return this.#lastEventId;
  }

  start(): void {
    if (this.#socket === undefined && this.#retryTimer === undefined) this.#connect();
  }

  stop(): void {
    this.#dropSocket();
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
  }

  /** Tries again now: the network came back, or something else shows that the connection is dead. */
  reconnect(): void {
    this.stop();
    this.#setState(this.#state === "live" ? "reconnecting" : this.#state);
    this.#connect();
  }

  #connect(): void {
    this.#retryTimer = undefined;
    const socket = this.#options.createSocket(this.#options.url);
    this.#socket = socket;
    const whileCurrent = (act: () => void) => (): void => {
      if (this.#socket === socket) act();
    };
    socket.addEventListener("message", (event) => {
      if (this.#socket === socket) this.#receive(event.data);
    });
    socket.addEventListener(
      "close",
      whileCurrent(() => this.#lose()),
    );
    socket.addEventListener(
      "error",
      whileCurrent(() => this.#lose()),
    );
    this.#expectMessageWithin(HELLO_WITHIN_MS);
  }

  #receive(data: unknown): void {
    const message = parseMessage(data);
    if (message === "broken") {
      this.#lose();
      return;
    }
    this.#lastMessageAt = Date.now();
    this.#expectMessageWithin(this.#options.silenceMs);
    if (message === "unknown") return;
    this.#tell(message);
  }

  #tell(message: ServerMessage): void {
    switch (message.type) {
      case "hello":
        this.#subscribe(message);
        break;
      case "reset":
        this.#lastEventId = message.lastEventId;
        this.#options.onReset?.();
        break;
      case "status":
        this.#options.onStatus?.(message.data);
        break;
      case "backfill":
        this.#options.onBackfill?.(message.data);
        break;
      case "mempool":
        this.#options.onMempool?.(message.data);
        break;
      case "forecast":
        this.#options.onForecast?.(message.data);
        break;
      case "error":
        this.#lose();
        break;
      default:
        this.#deliver(message);
    }
  }

  #subscribe({ streamId, lastEventId }: { readonly streamId: string; readonly lastEventId: number }): void {
    if (this.#streamId !== undefined && this.#streamId !== streamId) {
      // The server began anew with another database: our last id is none of its ids.
      this.#lastEventId = lastEventId;
      this.#options.onReset?.();
    }
    this.#streamId = streamId;
    this.#lastEventId ??= this.#options.startAfter(lastEventId);
    const { topics } = this.#options;
    const wish: ClientMessage = { type: "subscribe", since: this.#lastEventId, ...(topics && { topics }) };
    this.#socket?.send(JSON.stringify(wish));
    this.#failures = 0;
    this.#setState("live");
  }

  #deliver(event: StoredEvent): void {
    if (this.#lastEventId !== undefined && event.id <= this.#lastEventId) return;
    this.#lastEventId = event.id;
    this.#options.onEvent(event);
  }

  #lose(): void {
    this.#dropSocket();
    this.#failures += 1;
    this.#setState(this.#failures >= OFFLINE_AFTER_FAILURES ? "offline" : "reconnecting");
    const random = this.#options.random ?? Math.random;
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1));
    this.#retryTimer = setTimeout(() => this.#connect(), longest * (0.5 + random() / 2));
  }

  #dropSocket(): void {
    clearTimeout(this.#lossTimer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #expectMessageWithin(ms: number | undefined): void {
    clearTimeout(this.#lossTimer);
    if (ms !== undefined) this.#lossTimer = setTimeout(() => this.#lose(), ms);
  }

  #setState(state: StreamState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onStateChange?.(state);
  }
}
