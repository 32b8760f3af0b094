import { Subscriber } from "zeromq";
import { pause } from "#lib";

/** What a node announces over ZMQ, as far as it means that its tip may have moved. */
export type ZmqNews = {
  /** Whether it is connected with the node now; only then something can be heard. */
  readonly connected: boolean;
  /** When the node first spoke of its tip since the last `clear`, by `performance.now()`. */
  readonly heardAt: number | undefined;
  /** Forgets what was heard until now. */
  clear(): void;
  /** Returns when something is heard, or was since the last `clear`, or after the time. */
  readonly wait: (durationMs: number, signal: AbortSignal) => Promise<void>;
  close(): void;
};

export type ZmqTopic = { readonly topic: "hashblock" | "sequence"; readonly endpoint: string };

type Ear = { connected: boolean; heard: boolean; heardAt: number | undefined; readonly waiting: Set<AbortController> };

/**
 * Listens to one topic. `hashblock` tells each new tip; `sequence` each block that is connected or left, among all
 * transactions of the mempool. Lost messages are noticed by their numbers and count as news.
 * Source: Core `doc/zmq.md`, `zmq/zmqpublishnotifier.cpp`.
 */
export function listenToZmq({ topic, endpoint }: ZmqTopic): ZmqNews {
  // With the default, what comes in a burst is dropped without a word.
  const socket = new Subscriber({ receiveHighWaterMark: 0, ipv6: true, linger: 0 });
  const ear: Ear = { connected: false, heard: false, heardAt: undefined, waiting: new Set() };
  watchConnection(socket, ear);
  socket.connect(endpoint);
  socket.subscribe(topic);
  void listen(socket, ear);
  return {
    get connected() {
      return ear.connected;
    },
    get heardAt() {
      return ear.heardAt;
    },
    clear: () => {
      ear.heard = false;
      ear.heardAt = undefined;
    },
    wait: (durationMs, signal) => waitForEar(ear, durationMs, signal),
    close: () => {
      socket.close();
      hear(ear);
    },
  };
}

function watchConnection(socket: Subscriber, ear: Ear): void {
  // A connection that comes back may have missed something, one that went may be the node's end.
  socket.events.on("handshake", () => {
    ear.connected = true;
    hear(ear);
  });
  socket.events.on("disconnect", () => {
    ear.connected = false;
    hear(ear);
  });
}

function hear(ear: Ear): void {
  ear.heard = true;
  for (const woken of ear.waiting) woken.abort();
}

/** Ends when the socket is closed. */
async function listen(socket: Subscriber, ear: Ear): Promise<void> {
  let expected: number | undefined;
  for await (const message of socket) {
    const judged = judgeMessage(message, expected);
    expected = judged.expected;
    if (judged.isAboutTip) ear.heardAt ??= performance.now();
    if (judged.isNews) hear(ear);
  }
}

type Judged = {
  readonly isNews: boolean;
  readonly isAboutTip: boolean;
  /** The number that the next message has if none is lost. */
  readonly expected: number | undefined;
};

/** A message is news where it is about the tip, or where one before it is missing that may have been. */
export function judgeMessage(message: readonly Uint8Array[], expected: number | undefined): Judged {
  const [topic, body, number] = message.map((part) => Buffer.from(part));
  const count = number?.length === 4 ? number.readUInt32LE() : undefined;
  const isAboutTip = isOfTip(topic, body);
  return {
    isAboutTip,
    isNews: isAboutTip || count === undefined || count !== expected,
    expected: count === undefined ? undefined : (count + 1) % 0x1_0000_0000,
  };
}

function isOfTip(topic: Buffer | undefined, body: Buffer | undefined): boolean {
  if (topic?.toString("latin1") !== "sequence") return true;
  const label = body?.subarray(32, 33).toString("latin1");
  return label === "C" || label === "D";
}

async function waitForEar(ear: Ear, durationMs: number, signal: AbortSignal): Promise<void> {
  if (ear.heard) return;
  const woken = new AbortController();
  ear.waiting.add(woken);
  await pause(durationMs, AbortSignal.any([signal, woken.signal]));
  ear.waiting.delete(woken);
}
