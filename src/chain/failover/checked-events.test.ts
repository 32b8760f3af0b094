import { expect, test } from "vitest";
import { type BlockHash, blockHashOf } from "#bitcoin";
import { sha256 } from "#lib";
import type { ChainBlock, ChainEvent, ChainLink } from "../chain-source.ts";
import { HeldChain } from "../follow/held-chain.ts";
import { checkEvents } from "./checked-events.ts";

const BITS = 0x207fffff;

function blockOn(parent: ChainLink | undefined, nonce: number): ChainBlock {
  const bytes = Buffer.alloc(81);
  if (parent !== undefined) bytes.set(Buffer.from(parent.hash, "hex").toReversed(), 4);
  bytes.writeUInt32LE(BITS, 72);
  bytes.writeUInt32LE(nonce, 76);
  const hash = blockHashOf(bytes.subarray(0, 80), sha256);
  return { height: (parent?.height ?? 99) + 1, hash, bytes, spent: undefined, origin: { block: "", spent: "" } };
}

function linkOf({ height, hash }: ChainBlock): ChainLink {
  return { height, hash, bits: BITS };
}

const first = blockOn(undefined, 1);
const second = blockOn(linkOf(first), 2);
const third = blockOn(linkOf(second), 3);
const other = blockOn(linkOf(second), 4);
const held = [first, second, third].map(linkOf);

const connect = (block: ChainBlock): ChainEvent => ({ type: "connect", block, tipHeight: block.height });
const disconnect = ({ height, hash }: ChainBlock): ChainEvent => ({ type: "disconnect", block: { height, hash } });

async function check(events: readonly ChainEvent[], links: readonly ChainLink[] = held) {
  const chain = new HeldChain(links, 10);
  async function* source(): AsyncGenerator<ChainEvent> {
    yield* events;
  }
  const passed: ChainEvent[] = [];
  for await (const event of checkEvents(source(), chain)) passed.push(event);
  return { passed, chain: chain.above(undefined) };
}

test("what leads on is passed on, and the links are kept up", async () => {
  const events = [disconnect(third), connect(other), connect(blockOn(linkOf(other), 5))];
  const { passed, chain } = await check(events);
  expect(passed).toEqual(events);
  expect(chain.map(({ height }) => height)).toEqual([100, 101, 102, 103]);
  expect(chain[2]).toEqual({ height: 102, hash: other.hash, bits: BITS });
  expect((await check([connect(second)], [])).chain).toEqual([linkOf(second)]);
});

test("disconnects without a connect after them are not passed on", async () => {
  expect(await check([disconnect(third), disconnect(second)])).toEqual({ passed: [], chain: held });
});

test.each<[string, ChainEvent[], string]>([
  ["a block on another one than the newest", [connect(other)], "does not connect to block 102"],
  [
    "a block at another height",
    [disconnect(third), connect({ ...other, height: 103 })],
    "does not connect to block 101",
  ],
  [
    "a block that is not of its hash",
    [disconnect(third), connect({ ...other, hash: "00" as BlockHash })],
    "is not what",
  ],
  ["a block without a header", [connect({ ...other, bytes: Buffer.alloc(79) })], "is not what its hash says"],
  ["undoing another block than the newest", [disconnect(second)], "is not the newest"],
  ["undoing one twice", [disconnect(third), disconnect(third)], "is not the newest"],
  [
    "undoing more than is held",
    [disconnect(third), disconnect(second), disconnect(first), connect(first)],
    "is below all that is held",
  ],
])("%s is refused", async (_, events, reason) => {
  await expect(check(events)).rejects.toMatchObject({
    code: "CHAIN_FAILOVER_BROKEN_CHAIN",
    message: expect.stringContaining(reason),
    retryable: true,
  });
});
