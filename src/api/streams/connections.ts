import { AppError } from "#lib";
import { clientNetwork } from "../client-network.ts";

/** Between two looks whether clients are still there. */
const PING_EVERY_MS = 15_000;

/** Browsers open six at most; behind one address there may be many people. */
const MOST_OF_AN_ADDRESS = 100;
/** Each takes some tens of kilobytes and a file of the process. */
const MOST_OF_ALL = 10_000;

type ConnectionKind = "websocket" | "sse";

/** Why a stream ended, where the server ended it. */
type ClosedFor = "too-slow" | "bad-message" | "silent";

type Connection = {
  /** Asks whether somebody is still there, and ends it where nobody is. */
  readonly ping: () => void;
  readonly end: () => void;
};

type Coming = { readonly kind: ConnectionKind; readonly ip: string };

/** Streams that are open, counted by kind and by address, and what became of those that were. */
export class Connections {
  readonly #all = new Set<Connection>();
  readonly #byAddress = new Map<string, number>();
  readonly #open: Record<ConnectionKind, number> = { websocket: 0, sse: 0 };
  readonly #opened: Record<ConnectionKind, number> = { websocket: 0, sse: 0 };
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #closed: Record<ClosedFor, number> = { "too-slow": 0, "bad-message": 0, silent: 0 };

  /** @throws AppError where this address, or this process, has as many as it may */
  refuseBeyond(ip: string): void {
    const ofAddress = this.#byAddress.get(clientNetwork(ip)) ?? 0;
    if (ofAddress >= MOST_OF_AN_ADDRESS)
      throw new AppError("API_TOO_MANY_STREAMS", `${ofAddress} streams are open from this address; close some first`);
    if (this.#open.websocket + this.#open.sse >= MOST_OF_ALL)
      throw new AppError("API_OVERLOADED", "as many streams are open as this server can have; try again later");
  }

  /** Keeps one more, until the function is called that it returns. */
  add(connection: Connection, { kind, ip }: Coming): () => void {
    const address = clientNetwork(ip);
    this.#all.add(connection);
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
    this.#open[kind] += 1;
    this.#opened[kind] += 1;
    this.#timer ??= setInterval(() => this.#pingAll(), PING_EVERY_MS);
    return () => this.#remove(connection, { kind, ip: address });
  }

  endAll(): void {
    for (const connection of this.#all) connection.end();
  }

  closedFor(reason: ClosedFor): void {
    this.#closed[reason] += 1;
  }

  /** Open now; opened and closed by the server since the process began. */
  counts() {
    return { open: { ...this.#open }, opened: { ...this.#opened }, closed: { ...this.#closed } };
  }
  #pingAll(): void {
    for (const connection of this.#all) connection.ping();
  }

  #remove(connection: Connection, { kind, ip: address }: Coming): void {
    if (!this.#all.delete(connection)) return;
    this.#open[kind] -= 1;
    const left = (this.#byAddress.get(address) ?? 1) - 1;
    if (left === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, left);
    if (this.#all.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
