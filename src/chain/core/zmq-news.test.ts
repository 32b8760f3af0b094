import { Publisher } from "zeromq";
import { afterEach, describe, expect, test } from "vitest";
import { reachableEndpoint } from "./zmq-endpoint.ts";
import { judgeMessage, listenToZmq, type ZmqNews, type ZmqTopic } from "./zmq-news.ts";

const closing: { close(): void }[] = [];
afterEach(() => {
  for (const each of closing.splice(0)) each.close();
});

/** Long enough that a wait which is not ended by news fails the test by its own time limit. */
const FOR_EVER_MS = 600_000;
const never = new AbortController().signal;

/** A wait for ever that ends. */
async function expectNews(news: ZmqNews): Promise<void> {
  await news.wait(FOR_EVER_MS, never);
}

async function start(topic: ZmqTopic["topic"]): Promise<{ publisher: Publisher; news: ZmqNews; endpoint: string }> {
  const publisher = new Publisher({ linger: 0 });
  await publisher.bind("tcp://127.0.0.1:*");
  const endpoint = publisher.lastEndpoint ?? "";
  const news = listenToZmq({ topic, endpoint });
  closing.push(news, publisher);
  await expectNews(news);
  expect(news.connected).toBe(true);
  return { publisher, news, endpoint };
}

function numbered(count: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(count);
  return bytes;
}

/** A subscription reaches the publisher a moment after the connection, so it is said until it is heard. */
async function sayUntilHeard(
  publisher: Publisher,
  news: ZmqNews,
  message: readonly (string | Buffer)[],
): Promise<void> {
  news.clear();
  const stop = new AbortController();
  const heard = news.wait(FOR_EVER_MS, stop.signal).then(() => stop.abort());
  while (!stop.signal.aborted) {
    await publisher.send([...message]);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await heard;
}

const hash = Buffer.alloc(32, 7);
const sequence = (label: string): Buffer => Buffer.concat([hash, Buffer.from(label), Buffer.alloc(8)]);

describe("what a node announces over ZMQ", () => {
  test("a new tip is news", async () => {
    const { publisher, news } = await start("hashblock");
    await sayUntilHeard(publisher, news, ["hashblock", hash, numbered(0)]);
    news.clear();
    await publisher.send(["hashblock", hash, numbered(1)]);
    await expectNews(news);
  });

  test("what was said since the last look is not waited for, and when it was first is known", async () => {
    const { publisher, news } = await start("hashblock");
    await sayUntilHeard(publisher, news, ["hashblock", hash, numbered(0)]);
    await expectNews(news);
    const { heardAt } = news;
    expect(heardAt).toBeLessThanOrEqual(performance.now());
    await publisher.send(["hashblock", hash, numbered(1)]);
    await expectNews(news);
    expect(news.heardAt).toBe(heardAt);
    news.clear();
    expect(news.heardAt).toBeUndefined();
  });

  test.each([
    ["a block that is connected", sequence("C"), 5, { isNews: true, isAboutTip: true }],
    ["a block that is left", sequence("D"), 5, { isNews: true, isAboutTip: true }],
    ["a transaction that comes", sequence("A"), 5, { isNews: false, isAboutTip: false }],
    ["a transaction that goes", sequence("R"), 5, { isNews: false, isAboutTip: false }],
    ["a transaction after a gap", sequence("A"), 6, { isNews: true, isAboutTip: false }],
    ["a transaction after a restart of the node", sequence("A"), 0, { isNews: true, isAboutTip: false }],
  ])("of the mempool's sequence, %s", (_, body, count, judged) => {
    const message = [Buffer.from("sequence"), body, numbered(count)];
    expect(judgeMessage(message, 5)).toEqual({ ...judged, expected: count + 1 });
  });

  test("numbers begin again after the highest", () => {
    expect(judgeMessage([Buffer.from("sequence"), sequence("A"), numbered(0xffff_ffff)], 0xffff_ffff)).toEqual({
      isNews: false,
      isAboutTip: false,
      expected: 0,
    });
  });

  test("a message that is cut short is news", () => {
    expect(judgeMessage([Buffer.from("sequence")], 5)).toMatchObject({ isNews: true, expected: undefined });
  });

  test("a node that goes away and one that comes back are news", async () => {
    const { publisher, news, endpoint } = await start("hashblock");
    news.clear();
    publisher.close();
    await expectNews(news);
    expect(news.connected).toBe(false);
    news.clear();
    const again = new Publisher({ linger: 0 });
    closing.push(again);
    await again.bind(endpoint);
    await expectNews(news);
    expect(news.connected).toBe(true);
    // Nothing was said of a tip.
    expect(news.heardAt).toBeUndefined();
  });

  test("waiting ends with the signal and when it is closed", async () => {
    const { news } = await start("hashblock");
    news.clear();
    await news.wait(FOR_EVER_MS, AbortSignal.abort());
    const waiting = expectNews(news);
    news.close();
    await waiting;
  });
});

test.each([
  ["tcp://127.0.0.1:28332", "127.0.0.1", "tcp://127.0.0.1:28332"],
  ["tcp://0.0.0.0:28332", "127.0.0.1", "tcp://127.0.0.1:28332"],
  ["tcp://*:28332", "localhost", "tcp://localhost:28332"],
  ["tcp://127.0.0.1:28332", "10.0.0.7", "tcp://10.0.0.7:28332"],
  ["tcp://[::]:28332", "fd00::7", "tcp://[fd00::7]:28332"],
  ["tcp://[::1]:28332", "node.example", "tcp://node.example:28332"],
  ["tcp://10.0.0.9:28332", "10.0.0.7", "tcp://10.0.0.9:28332"],
  ["ipc:///run/bitcoin/zmq", "127.0.0.1", "ipc:///run/bitcoin/zmq"],
])("%s of a node at %s is reached at %s", (address, host, expected) => {
  expect(reachableEndpoint(address, host)).toBe(expected);
});
