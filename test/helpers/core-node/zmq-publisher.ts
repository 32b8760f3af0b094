import { EventEmitter, once } from "node:events";
import { XPublisher } from "zeromq";

export type ZmqNotification = { readonly type: string; readonly address: string; readonly hwm: number };

export type ZmqPublisher = {
  /** What `getzmqnotifications` answers. */
  readonly notifications: readonly ZmqNotification[];
  hashBlock(hash: string): void;
  /** A block connected or disconnected. */
  blockSequence(label: "C" | "D", hash: string): void;
  mempoolSequence(label: "A" | "R", txid: string, sequence: number): void;
  /** So many of the next messages are counted but not sent, as when a client is too slow. */
  loseNext(messages: number): void;
  /** Resolves when so many have subscribed to a topic: what is published before reaches nobody. */
  subscribed(topic: ZmqTopic, clients?: number): Promise<void>;
  close(): Promise<void>;
};

export type ZmqTopic = "hashblock" | "sequence";

const HIGH_WATER_MARK = 1_000;

/** A node's publisher with both topics on one port. `address` as in the node's options, e.g. `tcp://0.0.0.0:*`. */
export async function openZmqPublisher(address: string): Promise<ZmqPublisher> {
  // On the wire the same as a node's publisher, but it hears of subscriptions.
  const socket = new XPublisher({ linger: 0, sendHighWaterMark: HIGH_WATER_MARK, verbosity: "allSubs" });
  await socket.bind(address);
  const { lastEndpoint } = socket;
  const counts: Record<ZmqTopic, number> = { hashblock: 0, sequence: 0 };
  const subscriptions = countSubscriptions(socket);
  let toLose = 0;
  let sending = Promise.resolve();
  const publish = (topic: ZmqTopic, body: Buffer): void => {
    const count = Buffer.alloc(4);
    count.writeUInt32LE(counts[topic]);
    counts[topic] += 1;
    if (toLose > 0) toLose -= 1;
    else sending = sending.then(() => socket.send([topic, body, count]));
  };
  return {
    notifications: ["pubhashblock", "pubsequence"].map((type) => ({
      type,
      address: lastEndpoint ?? address,
      hwm: HIGH_WATER_MARK,
    })),
    hashBlock: (hash) => publish("hashblock", Buffer.from(hash, "hex")),
    blockSequence: (label, hash) => publish("sequence", Buffer.from(`${hash}${hexOf(label)}`, "hex")),
    mempoolSequence(label, txid, sequence) {
      const number = Buffer.alloc(8);
      number.writeBigUInt64LE(BigInt(sequence));
      publish("sequence", Buffer.concat([Buffer.from(txid, "hex"), Buffer.from(label), number]));
    },
    loseNext: (messages) => void (toLose += messages),
    async subscribed(topic, clients = 1) {
      while (subscriptions.count(topic) < clients) await once(subscriptions.news, "subscription");
    },
    async close() {
      await sending;
      socket.close();
    },
  };
}

type Subscriptions = { readonly news: EventEmitter; count(topic: string): number };

function countSubscriptions(socket: XPublisher): Subscriptions {
  const news = new EventEmitter();
  const topics: string[] = [];
  const read = async (): Promise<void> => {
    for await (const [message] of socket) {
      if (message?.[0] === 1) topics.push(message.subarray(1).toString());
      news.emit("subscription");
    }
  };
  void read();
  return { news, count: (topic) => topics.filter((subscribed) => subscribed === topic).length };
}

function hexOf(label: string): string {
  return Buffer.from(label).toString("hex");
}
