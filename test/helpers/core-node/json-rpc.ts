import { writeJson } from "./amount.ts";
import type { NodeState } from "./node-state.ts";
import { RPC_CODE, RpcError } from "./rpc-error.ts";
import { RPC_METHODS } from "./rpc-methods.ts";

export type HttpAnswer = { readonly status: number; readonly type: string; readonly body: string | Uint8Array };

type RpcRequest = {
  readonly id?: unknown;
  readonly jsonrpc?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
};
type Outcome = { readonly request: RpcRequest; readonly reply: unknown; readonly error: RpcError | undefined };

/** `replaceId`: answers as if to another call. */
type AnswerOptions = { readonly signal: AbortSignal; readonly replaceId?: string | undefined };

/**
 * Answers a JSON-RPC request or a batch as Core 28 does: with version 2.0 always by HTTP 200 and one of result and
 * error, else with both and by HTTP 500, or 404 for a method that there is not. Source: Core `httprpc.cpp`.
 */
export async function answerRpc(body: string, state: NodeState, options: AnswerOptions): Promise<HttpAnswer> {
  const request = parseRequest(body);
  if (Array.isArray(request)) {
    const outcomes: Outcome[] = [];
    for (const call of request) outcomes.push(await execute(call, state, options));
    return json(
      200,
      outcomes.map(({ reply }) => reply),
    );
  }
  if (request instanceof RpcError) return json(500, envelope({}, { error: request }, state));
  const { reply, error, request: parsed } = await execute(request, state, options);
  return json(error === undefined || isVersion2(parsed, state) ? 200 : statusOf(error), reply);
}

/** Names of the methods that are called; none where the body cannot be read. */
export function calledMethods(body: string): string[] {
  const request = parseRequest(body);
  const calls: unknown[] = Array.isArray(request) ? request : [request];
  return calls.flatMap((call) => (isRequest(call) && typeof call.method === "string" ? [call.method] : []));
}

function parseRequest(body: string): unknown {
  try {
    const request: unknown = JSON.parse(body);
    if (typeof request === "object" && request !== null) return request;
    return new RpcError(RPC_CODE.parse, "Top-level object parse error");
  } catch {
    return new RpcError(RPC_CODE.parse, "Parse error");
  }
}

function isRequest(value: unknown): value is RpcRequest {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof RpcError);
}

async function execute(call: unknown, state: NodeState, { signal, replaceId }: AnswerOptions): Promise<Outcome> {
  const request: RpcRequest = isRequest(call) ? call : {};
  const answered = replaceId === undefined ? request : { ...request, id: replaceId };
  try {
    const result = await callMethod(call, state, signal);
    return { request, reply: envelope(answered, { result }, state), error: undefined };
  } catch (error) {
    const told = error instanceof RpcError ? error : new RpcError(RPC_CODE.misc, String(error));
    return { request, reply: envelope(answered, { error: told }, state), error: told };
  }
}

function callMethod(call: unknown, state: NodeState, signal: AbortSignal): unknown {
  if (!isRequest(call)) throw new RpcError(RPC_CODE.invalidRequest, "Invalid Request object");
  const { method, params = [], jsonrpc } = call;
  if (state.version >= 28 && jsonrpc !== undefined && jsonrpc !== "1.0" && jsonrpc !== "2.0") {
    throw new RpcError(RPC_CODE.invalidRequest, "JSON-RPC version not supported");
  }
  if (method === undefined || method === null) throw new RpcError(RPC_CODE.invalidRequest, "Missing method");
  if (typeof method !== "string") throw new RpcError(RPC_CODE.invalidRequest, "Method must be a string");
  if (!Array.isArray(params)) throw new RpcError(RPC_CODE.invalidRequest, "This node takes parameters as an array");
  if (state.warmUp !== undefined) throw new RpcError(RPC_CODE.warmUp, state.warmUp);
  const run = Object.hasOwn(RPC_METHODS, method) ? RPC_METHODS[method] : undefined;
  if (run === undefined) throw new RpcError(RPC_CODE.methodNotFound, "Method not found");
  return run(params, state, signal);
}

type Result = { readonly result: unknown; readonly error?: undefined } | { readonly error: RpcError };

function envelope(request: RpcRequest, outcome: Result, state: NodeState): unknown {
  const id = request.id ?? null;
  const error = outcome.error === undefined ? null : { code: outcome.error.code, message: outcome.error.message };
  const result = "result" in outcome ? (outcome.result ?? null) : null;
  if (!isVersion2(request, state)) return { result, error, id };
  return error === null ? { jsonrpc: "2.0", result, id } : { jsonrpc: "2.0", error, id };
}

/** Before Core 28 every request was taken as one of version 1. */
function isVersion2({ jsonrpc }: RpcRequest, { version }: NodeState): boolean {
  return version >= 28 && jsonrpc === "2.0";
}

function statusOf({ code }: RpcError): number {
  if (code === RPC_CODE.invalidRequest) return 400;
  return code === RPC_CODE.methodNotFound ? 404 : 500;
}

function json(status: number, value: unknown): HttpAnswer {
  return { status, type: "application/json", body: `${writeJson(value)}\n` };
}
