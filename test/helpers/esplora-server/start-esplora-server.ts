import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { WebSocketServer } from "ws";
import { type JsonTransaction, listJsonTransactions } from "./esplora-json.ts";
import type { ServedBlock } from "./served-chain.ts";

/** What goes wrong with one answer. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: "body"; readonly body: string | Uint8Array }
  /** The connection ends within the body. */
  | { readonly kind: "truncated" }
  | { readonly kind: "reset" }
  /** Never answers. */
  | { readonly kind: "silent" }
  | { readonly kind: "slow"; readonly durationMs: number };

export type EsploraServer = {
  /** Address of the API. */
  readonly url: string;
  /** Paths in the order in which they were asked. */
  readonly asked: string[];
  /** The best chain from now on, ascending; blocks of former ones are still known by their hash. */
  setChain(chain: readonly ServedBlock[]): void;
  /** Called for every request with the path below the API and how often it was asked before. */
  setFault(fault: (path: string, before: number) => Fault | undefined): void;
  /** Rewrites pages of transactions. */
  setTransactions(rewrite: (transactions: readonly JsonTransaction[]) => readonly JsonTransaction[]): void;
  close(): Promise<void>;
};

type Answer = { readonly status: number; readonly body: string | Uint8Array };

type State = {
  chain: readonly ServedBlock[];
  readonly known: Map<string, ServedBlock>;
  readonly transactions: Map<string, readonly JsonTransaction[]>;
  readonly genesis: string;
  readonly pageSize: number;
  fault: (path: string, before: number) => Fault | undefined;
  rewrite: (transactions: readonly JsonTransaction[]) => readonly JsonTransaction[];
};

type ServerOptions = {
  readonly chain: readonly ServedBlock[];
  /** Hash of block 0, which is not served otherwise. */
  readonly genesis: string;
  readonly pageSize?: number;
  /** Has a WebSocket that tells of blocks, as mempool.space's servers do. */
  readonly socket?: boolean;
};

/** Answers as Esplora does, over HTTP, from real blocks. */
export async function startEsploraServer(options: ServerOptions): Promise<EsploraServer> {
  const { chain, genesis, pageSize = 25, socket = false } = options;
  const asked: string[] = [];
  const state: State = {
    chain,
    known: new Map(),
    transactions: new Map(),
    genesis,
    pageSize,
    fault: () => undefined,
    rewrite: (transactions) => transactions,
  };
  const setChain = (next: readonly ServedBlock[]): void => {
    state.chain = next;
    for (const block of next) state.known.set(block.hash, block);
  };
  setChain(chain);
  const server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/^\/api/, "");
    const before = asked.filter((each) => each === path).length;
    asked.push(path);
    void respond(response, state.fault(path, before), () => answer(state, path));
  });
  const sockets = socket ? new WebSocketServer({ server, path: "/api/v1/ws" }) : undefined;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    asked,
    setChain: (next) => {
      setChain(next);
      for (const client of sockets?.clients ?? []) client.send(JSON.stringify({ block: { id: next.at(-1)?.hash } }));
    },
    setFault: (fault) => {
      state.fault = fault;
    },
    setTransactions: (rewrite) => {
      state.rewrite = rewrite;
    },
    close: async () => {
      for (const client of sockets?.clients ?? []) client.terminate();
      sockets?.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function respond(response: ServerResponse, fault: Fault | undefined, good: () => Answer): Promise<void> {
  if (fault?.kind === "silent") return;
  if (fault?.kind === "reset") {
    response.destroy();
    return;
  }
  if (fault?.kind === "slow") await delay(fault.durationMs);
  if (fault?.kind === "status") {
    response.writeHead(fault.status, fault.headers).end("fault");
    return;
  }
  const { status, body } = fault?.kind === "body" ? { status: 200, body: fault.body } : good();
  const zipped = typeof body === "string" && body.length > 1_000;
  const bytes = zipped ? gzipSync(body, { level: 1 }) : Buffer.from(body);
  response.writeHead(status, { "content-length": bytes.length, ...(zipped ? { "content-encoding": "gzip" } : {}) });
  if (fault?.kind === "truncated") response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else response.end(bytes);
}

const MISSING: Answer = { status: 404, body: "Block not found" };

function answer(state: State, path: string): Answer {
  const { chain } = state;
  const tip = chain.at(-1);
  if (tip === undefined) return MISSING;
  if (path === "/blocks/tip/hash") return text(tip.hash);
  if (path === "/blocks/tip/height") return text(String(tip.height));
  const [, area, name, part, start] = path.split("/");
  if (area === "block-height") return hashAt(state, Number(name));
  if (area === "blocks") return text(JSON.stringify(listFrom(state, Number(name))));
  const block = state.known.get(name ?? "");
  if (area !== "block" || block === undefined) return MISSING;
  if (part === undefined) return text(JSON.stringify(summaryOf(state, block)));
  if (part === "header") return text(Buffer.from(block.block.subarray(0, 80)).toString("hex"));
  if (part === "raw") return { status: 200, body: block.block };
  return part === "txs" ? pageOf(state, block, Number(start)) : MISSING;
}

function text(body: string): Answer {
  return { status: 200, body };
}

function hashAt({ chain, genesis }: State, height: number): Answer {
  if (height === 0) return text(genesis);
  const block = chain.find((each) => each.height === height);
  return block === undefined ? MISSING : text(block.hash);
}

function listFrom(state: State, height: number): readonly object[] {
  return state.chain
    .filter((block) => block.height <= height && block.height > height - 10)
    .toReversed()
    .map((block) => summaryOf(state, block));
}

function summaryOf(state: State, block: ServedBlock): object {
  const { hash, height } = block;
  return { id: hash, height, tx_count: transactionsOf(state, block).length, size: block.block.length };
}

function pageOf(state: State, block: ServedBlock, start: number): Answer {
  const { rewrite, pageSize } = state;
  if (start % pageSize !== 0) return { status: 400, body: `start index must be a multiple of ${pageSize}` };
  return text(JSON.stringify(rewrite(transactionsOf(state, block)).slice(start, start + pageSize)));
}

function transactionsOf({ transactions }: State, block: ServedBlock): readonly JsonTransaction[] {
  const found = transactions.get(block.hash) ?? listJsonTransactions(block);
  transactions.set(block.hash, found);
  return found;
}
