import type { Network } from "#bitcoin";
import { type Capabilities, describe, findCapabilities, type ZmqEndpoints } from "./capabilities.ts";
import { type CoreHttp, type CoreHttpOptions, openHttp } from "./core-http.ts";
import type { CoreRpc } from "./core-rpc.ts";
import type { CoreSpec } from "./core-spec.ts";
import { listenForNews, type News, type NewsOptions } from "./news.ts";
import { networkOfChain, type NodeState, readNodeState } from "./node-state.ts";
import { openRpc } from "./open-rpc.ts";
import { reachableEndpoint } from "./zmq-endpoint.ts";

/** A node that answered, with what it can do. */
export type CoreNode = {
  readonly spec: CoreSpec;
  readonly http: CoreHttp;
  readonly rpc: CoreRpc;
  readonly network: Network;
  readonly capabilities: Capabilities;
  /** In a line for a person. */
  readonly description: string;
  readonly news: News;
  /** Where to listen to which ZMQ topic from here: `sequence` → `tcp://10.0.0.7:28332`. */
  readonly zmqEndpoints: ZmqEndpoints;
  readState(signal?: AbortSignal): Promise<NodeState>;
  /** What the node said when it was asked last. */
  lastState(): NodeState;
  close(): Promise<void>;
};

export type CoreNodeOptions = { readonly http?: CoreHttpOptions; readonly news?: NewsOptions };

/** Connects, asks what the node is and what it can do, and listens to it. Closes what it opened where that fails. */
export async function openCoreNode(spec: CoreSpec, options: CoreNodeOptions = {}): Promise<CoreNode> {
  const http = openHttp(spec, options.http);
  try {
    return await askNode(spec, http, options);
  } catch (error) {
    await http.close();
    throw error;
  }
}

async function askNode(spec: CoreSpec, http: CoreHttp, options: CoreNodeOptions): Promise<CoreNode> {
  const rpc = openRpc(http);
  let state = await readNodeState(rpc);
  const network = networkOfChain(state.chain);
  const capabilities = await findCapabilities({ http, rpc }, state);
  const zmqEndpoints = new Map(
    [...capabilities.zmq].map(([topic, address]) => [topic, reachableEndpoint(address, spec.host)]),
  );
  const news = listenForNews(rpc, { zmq: zmqEndpoints, longPoll: capabilities.longPoll }, options.news);
  return {
    spec,
    http,
    rpc,
    network,
    capabilities,
    get description() {
      return describe(capabilities, state);
    },
    news,
    zmqEndpoints,
    readState: async (signal) => {
      state = await readNodeState(rpc, { signal });
      return state;
    },
    lastState: () => state,
    close: async () => {
      news.close();
      await http.close();
    },
  };
}

/** The network that a node is on, asked without anything else. */
export async function findNetworkOfCore(spec: CoreSpec, options: CoreHttpOptions = {}): Promise<Network> {
  const http = openHttp(spec, options);
  try {
    return networkOfChain((await readNodeState(openRpc(http))).chain);
  } finally {
    await http.close();
  }
}
