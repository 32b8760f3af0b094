import { z } from "zod";
import { AppError, codeOf } from "#lib";
import { type CoreHttp, readAll } from "./core-http.ts";
import type { CoreRpc } from "./core-rpc.ts";
import { type NodeState, networkOfChain } from "./node-state.ts";
import { checked } from "./open-rpc.ts";
import { isRestClosed, quoted, RPC_CODES, rpcCodeOf } from "./rpc-errors.ts";

export type LongPoll =
  /** Told which tip the caller knows, so that a block between two calls is not missed. */
  "from a tip" | "from now" | "none";

/** Where the node announces which ZMQ topic: `hashblock` → `tcp://127.0.0.1:28332`, as it says itself. */
export type ZmqEndpoints = ReadonlyMap<string, string>;

/** What a node can do, found out by asking. */
export type Capabilities = {
  /** As a number, 280100; `undefined` where this user may not know. */
  readonly version: number | undefined;
  /** With what it calls itself: `Bitcoin Core 28.1.0 (/Satoshi:28.1.0/)`. */
  readonly software: string;
  readonly restBlocks: boolean;
  /** Core 30 and later. */
  readonly restSpentOutputs: boolean;
  readonly zmq: ZmqEndpoints;
  readonly longPoll: LongPoll;
};

/** The first version whose `getblock` tells what a block spends. */
const FIRST_VERSION = 230_000;

const PROBE_MS = 10_000;

export async function findCapabilities(
  { http, rpc }: { readonly http: CoreHttp; readonly rpc: CoreRpc },
  state: NodeState,
  signal?: AbortSignal,
): Promise<Capabilities> {
  const software = await findSoftware(rpc, signal);
  const rest = await findRest(http, state, signal);
  const zmq = await findZmq(rpc, signal);
  return { ...software, ...rest, zmq, longPoll: await findLongPoll(rpc, state, signal) };
}

const softwareSchema = z.object({ version: z.int(), subversion: z.string().max(256) });

async function findSoftware(
  rpc: CoreRpc,
  signal: AbortSignal | undefined,
): Promise<Pick<Capabilities, "version" | "software">> {
  const result = await unlessRefused(rpc.call("getnetworkinfo", [], { signal }));
  if (result === REFUSED) return { version: undefined, software: "Bitcoin Core of a version that it keeps to itself" };
  const { version, subversion } = checked("getnetworkinfo", softwareSchema, result);
  const name = `Bitcoin Core ${versionText(version)} (${quoted(subversion)})`;
  if (version >= FIRST_VERSION) return { version, software: name };
  const message = `${name} is too old: what a block spends is told by Bitcoin Core 23 and later.`;
  throw new AppError("CHAIN_CORE_TOO_OLD", message, { details: { version } });
}

/** 280100 → 28.1.0; before 22 the number began with a zero: 210100 → 0.21.1. */
export function versionText(version: number): string {
  const parts = [Math.floor(version / 10_000), Math.floor(version / 100) % 100, version % 100];
  return version >= 220_000 ? parts.join(".") : `0.${parts[0]}.${parts[1]}`;
}

async function findRest(
  http: CoreHttp,
  { tip }: NodeState,
  signal: AbortSignal | undefined,
): Promise<Pick<Capabilities, "restBlocks" | "restSpentOutputs">> {
  const restBlocks = await isThere(http, `/rest/block/${tip.hash}.bin`, signal);
  const restSpentOutputs = restBlocks && (await isThere(http, `/rest/spenttxouts/${tip.hash}.bin`, signal));
  return { restBlocks, restSpentOutputs };
}

/** A node without the REST interface answers 404, or 403 or 401 where something stands before it. */
async function isThere(http: CoreHttp, path: string, signal: AbortSignal | undefined): Promise<boolean> {
  const read = http.send(
    { path, what: path },
    async ({ status, body }) => {
      await readAll(http.url, body, 64_000_000);
      return status === 200;
    },
    { signal },
  );
  try {
    return await read;
  } catch (error) {
    if (isRestClosed(error)) return false;
    throw error;
  }
}

const zmqSchema = z.array(z.object({ type: z.string(), address: z.string() }));

async function findZmq(rpc: CoreRpc, signal: AbortSignal | undefined): Promise<ZmqEndpoints> {
  const result = await unlessRefused(rpc.call("getzmqnotifications", [], { signal }));
  const list = result === REFUSED ? [] : checked("getzmqnotifications", zmqSchema, result);
  const usable = list.filter(({ address }) => CONNECTABLE.test(address));
  return new Map(usable.map(({ type, address }) => [type.replace(/^pub/, ""), address]));
}

/** Whatever else a node may name cannot be connected to from here. */
const CONNECTABLE = /^(tcp:\/\/[^\s/]+:\d+|ipc:\/\/\S+)$/;

/** By asking for the shortest wait there is: `help` does not tell whether this user may use it. */
async function findLongPoll(rpc: CoreRpc, { tip }: NodeState, signal: AbortSignal | undefined): Promise<LongPoll> {
  const options = { signal, timeoutMs: PROBE_MS };
  if ((await unlessRefused(rpc.call("waitfornewblock", [1, tip.hash], options))) !== REFUSED) return "from a tip";
  return (await unlessRefused(rpc.call("waitfornewblock", [1], options))) === REFUSED ? "none" : "from now";
}

const REFUSED = Symbol("refused");

/** A node may lack a method, or keep it from this user: then it is done without. */
async function unlessRefused<Value>(asked: Promise<Value>): Promise<Value | typeof REFUSED> {
  try {
    return await asked;
  } catch (error) {
    const rpcCode = rpcCodeOf(error);
    const refusals: readonly (number | undefined)[] = [
      RPC_CODES.unknownMethod,
      RPC_CODES.misc,
      RPC_CODES.invalidParameter,
    ];
    if (rpcCode !== undefined && refusals.includes(rpcCode)) return REFUSED;
    if (codeOf(error) === "CHAIN_RPC_FORBIDDEN") return REFUSED;
    throw error;
  }
}

/** In a line for a person: "Bitcoin Core 28.1.0 (/Satoshi:28.1.0/), regtest, not pruned, …"; without the height, which is told elsewhere. */
export function describe(
  { software, restBlocks, restSpentOutputs, zmq, longPoll }: Capabilities,
  state: NodeState,
): string {
  const kept =
    state.lowestBlock === 0 ? "not pruned" : `pruned below height ${state.lowestBlock.toLocaleString("en-US")}`;
  return [
    software,
    networkOfChain(state.chain).name,
    ...(state.catchingUp ? [`catching up, ${Math.floor(state.progress * 100)} %`] : []),
    kept,
    restBlocks ? `REST ${restSpentOutputs ? "with" : "without"} spent outputs` : "no REST",
    newsText(zmq, longPoll),
  ].join(", ");
}

function newsText(zmq: ZmqEndpoints, longPoll: LongPoll): string {
  const topics = [...zmq].filter(([topic]) => topic === "hashblock" || topic === "sequence");
  if (topics.length > 0) return `ZMQ ${topics.map(([topic, address]) => `${topic} at ${address}`).join(", ")}`;
  return longPoll === "none" ? "no ZMQ: polling" : "no ZMQ: long polling";
}
