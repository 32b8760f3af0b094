import { HEADER_SIZE } from "#bitcoin";
import { writeJson } from "./amount.ts";
import { blockJson, headerJson } from "./block-json.ts";
import type { HttpAnswer } from "./json-rpc.ts";
import type { IndexedBlock } from "./node-chain.ts";
import type { NodeState } from "./node-state.ts";
import { blockchainInfo, isPruned } from "./rpc-methods.ts";
import { hex } from "./script-json.ts";

type RestRequest = { readonly name: string; readonly ending: string; readonly query: URLSearchParams };
type Route = (request: RestRequest, state: NodeState) => HttpAnswer;

const ROUTES: Readonly<Record<string, Route>> = {
  block: (request, state) =>
    withBlock(request, state, (block) => answer(request, block.bytes, () => blockJson(block, 2, state))),
  "block/notxdetails": (request, state) =>
    withBlock(request, state, (block) => answer(request, block.bytes, () => blockJson(block, 1, state))),
  blockhashbyheight: blockHashByHeight,
  chaininfo: (request, state) => jsonOnly(request, blockchainInfo(state)),
  headers: headers,
  "mempool/info": (request, { mempool }) => jsonOnly(request, mempool.infoJson()),
  spenttxouts: spentOutputs,
};

/** Name of the route that a path belongs to, e.g. `rest/block`. */
export function restRouteOf(path: string): string {
  const [route] = splitPath(path);
  return `rest/${route}`;
}

/** Answers what stands below `/rest/` as Core does: `rest.cpp`. */
export function answerRest(url: string, state: NodeState): HttpAnswer {
  const [path = "", query = ""] = url.split("?");
  const [route, name] = splitPath(path);
  const run = Object.hasOwn(ROUTES, route) ? ROUTES[route] : undefined;
  if (!state.rest || run === undefined || (route === "spenttxouts" && state.version < 30)) return nothing();
  if (state.warmUp !== undefined) return text(503, `Service temporarily unavailable: ${state.warmUp}`);
  const dot = name.lastIndexOf(".");
  const request = { name: dot < 0 ? name : name.slice(0, dot), ending: dot < 0 ? "" : name.slice(dot + 1) };
  return run({ ...request, query: new URLSearchParams(query) }, state);
}

function splitPath(path: string): [route: string, name: string] {
  const parts = path.replace(/^\/rest\//, "").split("/");
  if (parts.length === 1) return [parts[0]?.split(".")[0] ?? "", `.${parts[0]?.split(".")[1] ?? ""}`];
  if (parts[0] === "mempool") return [`mempool/${parts[1]?.split(".")[0]}`, parts[1] ?? ""];
  if (parts[0] === "headers") return ["headers", parts.slice(1).join("/")];
  return [parts.slice(0, -1).join("/"), parts.at(-1) ?? ""];
}

function withBlock({ name }: RestRequest, state: NodeState, use: (block: IndexedBlock) => HttpAnswer): HttpAnswer {
  if (!/^[0-9a-f]{64}$/i.test(name)) return text(400, `Invalid hash: ${name}`);
  const block = state.chain.find(name.toLowerCase());
  if (block === undefined) return text(404, `${name} not found`);
  if (isPruned(block, state)) return text(404, `${name} not available (pruned data)`);
  return use(block);
}

function spentOutputs(request: RestRequest, state: NodeState): HttpAnswer {
  return withBlock(request, state, ({ spent, hash }) => {
    if (spent === undefined) return text(404, `${hash} undo not available`);
    return answer(request, spent.bytes, () => {
      throw new Error("spent outputs are served as .bin and .hex alone");
    });
  });
}

/** `<hash>.bin?count=5`, or as before Core 24 `<count>/<hash>.bin`. */
function headers(request: RestRequest, state: NodeState): HttpAnswer {
  const [first = "", second] = request.name.split("/");
  const hash = second ?? first;
  const asked = second === undefined ? (request.query.get("count") ?? "5") : first;
  const count = Number(asked);
  if (!Number.isInteger(count) || count < 1 || count > 2_000) {
    return text(400, `Header count is invalid or out of acceptable range (1-2000): ${asked}`);
  }
  if (!/^[0-9a-f]{64}$/i.test(hash)) return text(400, `Invalid hash: ${hash}`);
  const found: IndexedBlock[] = [];
  let block = state.chain.find(hash);
  while (block !== undefined && state.chain.isActive(block) && found.length < count) {
    found.push(block);
    block = state.chain.at(block.height + 1);
  }
  const bytes = Buffer.concat(found.map((at) => at.bytes.subarray(0, HEADER_SIZE)));
  return answer(request, bytes, () => found.map((at) => headerJson(at, state)));
}

function blockHashByHeight(request: RestRequest, { chain }: NodeState): HttpAnswer {
  if (!/^\d+$/.test(request.name)) return text(400, `Invalid height: ${request.name}`);
  const block = chain.at(Number(request.name));
  if (block === undefined) return text(404, "Block height out of range");
  const bytes = Buffer.from(block.hash, "hex").reverse();
  if (request.ending === "hex") return text(200, block.hash, "\n");
  return answer(request, bytes, () => ({ blockhash: block.hash }));
}

function answer({ ending }: RestRequest, bytes: Uint8Array, json: () => unknown): HttpAnswer {
  if (ending === "bin") return { status: 200, type: "application/octet-stream", body: bytes };
  if (ending === "hex") return text(200, hex(bytes), "\n");
  if (ending === "json") return { status: 200, type: "application/json", body: `${writeJson(json())}\n` };
  return text(404, "output format not found (available: .bin, .hex, .json)");
}

function jsonOnly({ ending }: RestRequest, value: unknown): HttpAnswer {
  if (ending !== "json") return text(404, "output format not found (available: json)");
  return { status: 200, type: "application/json", body: `${writeJson(value)}\n` };
}

function text(status: number, message: string, end = "\r\n"): HttpAnswer {
  return { status, type: "text/plain", body: message + end };
}

/** A path that nothing listens to. */
export function nothing(): HttpAnswer {
  return { status: 404, type: "text/html; charset=ISO-8859-1", body: "" };
}
