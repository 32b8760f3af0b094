import { AppError } from "#lib";
import { clientNetwork } from "../client-network.ts";
import type { StreamShares } from "./stream-shares.ts";

/** Between two looks whether clients are still there. */
const PING_EVERY_MS = 15_000;

/** Each takes some tens of kilobytes and a file of the process. */
const MOST_OF_ALL = 10_000;

type ConnectionKind = "websocket" | "sse";

/** Between two looks whether sessions and keys still count. */
const CHECK_EVERY_MS = 500;
/** A check that could not be made for so long denies. */
const UNCHECKED_MS = 5_000;

/** Why a stream ended, where the server ended it. */
type ClosedFor = "too-slow" | "bad-message" | "silent" | "revoked";

/** Why the server ends a stream that nothing is wrong with. */
export type Ending = "stop" | "revoked";

type Connection = {
  /** Asks whether somebody is still there, and ends it where nobody is. */
  readonly ping: () => void;
  readonly end: (why: Ending) => void;
};

/** What lets somebody hear what they hear: a session or a key by its name, and the role that it had. */
export type Standing = {
  readonly id: string;
  readonly role: string;
  /** Unix seconds after which it counts no more, whatever becomes of the session. */
  readonly until?: number | undefined;
};

type Coming = {
  readonly kind: ConnectionKind;
  /** Absent where nothing can be taken back. */
  readonly standing?: Standing | undefined;
};

/** The roles of those of these sessions and keys that still count. */
type FindLasting = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** What a stream comes over: a socket, or an answer. */
type Carrier = { readonly destroyed: boolean; readonly once: (event: "close", heard: () => void) => unknown };

type Shares = Pick<StreamShares, "take" | "give" | "stop">;

/** Streams that are open, counted by kind, and what became of those that were. */
export class Connections {
  readonly #all = new Set<Connection>();
  readonly #open: Record<ConnectionKind, number> = { websocket: 0, sse: 0 };
  readonly #opened: Record<ConnectionKind, number> = { websocket: 0, sse: 0 };
  readonly #standings = new Map<Connection, Standing>();
  readonly #findLasting: FindLasting;
  readonly #shares: Shares;
  #timer: ReturnType<typeof setInterval> | undefined;
  #checkTimer: ReturnType<typeof setInterval> | undefined;
  #checking = false;
  #checkedAt = 0;
  readonly #closed: Record<ClosedFor, number> = { "too-slow": 0, "bad-message": 0, silent: 0, revoked: 0 };

  constructor({ findLasting, shares }: { readonly findLasting: FindLasting; readonly shares: Shares }) {
    this.#findLasting = findLasting;
    this.#shares = shares;
  }

  /**
   * Makes room for one more, until what carries it closes.
   * @throws AppError where this address, in all processes together, or this process has as many as it may
   */
  async makeRoom(ip: string, carrier: Carrier): Promise<void> {
    if (this.#open.websocket + this.#open.sse >= MOST_OF_ALL)
      throw new AppError("API_OVERLOADED", "as many streams are open as this server can have; try again later");
    const network = clientNetwork(ip);
    if (!(await this.#shares.take(network)))
      throw new AppError(
        "API_TOO_MANY_STREAMS",
        "as many streams are open from this address as may be; close some first",
      );
    if (carrier.destroyed) this.#shares.give(network);
    else carrier.once("close", () => this.#shares.give(network));
  }

  /** When all have ended. */
  async giveBack(): Promise<void> {
    await this.#shares.stop();
  }

  /** Keeps one more, until the function is called that it returns. */
  add(connection: Connection, { kind, standing }: Coming): () => void {
    this.#all.add(connection);
    this.#open[kind] += 1;
    this.#opened[kind] += 1;
    this.#timer ??= setInterval(() => this.#pingAll(), PING_EVERY_MS);
    if (standing !== undefined) this.#watch(connection, standing);
    return () => this.#remove(connection, kind);
  }

  endAll(): void {
    for (const connection of this.#all) connection.end("stop");
  }

  closedFor(reason: ClosedFor): void {
    this.#closed[reason] += 1;
  }

  /** Open now; opened and closed by the server since the process began. */
  counts() {
    return { open: { ...this.#open }, opened: { ...this.#opened }, closed: { ...this.#closed } };
  }

  #watch(connection: Connection, standing: Standing): void {
    this.#standings.set(connection, standing);
    if (this.#checkTimer !== undefined) return;
    this.#checkedAt = performance.now();
    this.#checkTimer = setInterval(() => void this.#checkStandings(), CHECK_EVERY_MS);
  }

  /** Ends the streams of sessions that ended and keys that were taken back, and of whoever has another role now. */
  async #checkStandings(): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    const all = [...this.#standings];
    try {
      const lasting = await this.#findLasting([...new Set(all.map(([, { id }]) => id))]);
      this.#checkedAt = performance.now();
      const now = Date.now() / 1_000;
      for (const [connection, { id, role, until = Infinity }] of all)
        if (lasting.get(id) !== role || until <= now) this.#revoke(connection);
    } catch {
      // Whoever comes back is told why; the status says that the database is down.
      if (performance.now() - this.#checkedAt > UNCHECKED_MS) for (const [connection] of all) this.#revoke(connection);
    } finally {
      this.#checking = false;
    }
  }

  #revoke(connection: Connection): void {
    if (!this.#standings.delete(connection)) return;
    this.closedFor("revoked");
    connection.end("revoked");
  }

  #pingAll(): void {
    for (const connection of this.#all) connection.ping();
  }

  #remove(connection: Connection, kind: ConnectionKind): void {
    if (!this.#all.delete(connection)) return;
    this.#standings.delete(connection);
    if (this.#standings.size === 0) {
      clearInterval(this.#checkTimer);
      this.#checkTimer = undefined;
    }
    this.#open[kind] -= 1;
    if (this.#all.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
