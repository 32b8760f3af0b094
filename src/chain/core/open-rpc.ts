import { z } from "zod";
import { type CoreHttp, type HttpAnswer, readAll } from "./core-http.ts";
import type { CoreRpc, RpcCall, RpcOptions, RpcReply } from "./core-rpc.ts";
import { badReply, notLikeCore, quoted, RPC_CODES, rpcError, stillLoading } from "./rpc-errors.ts";

/** A list of all transactions of a full mempool has about 10 MB. */
const LONGEST_REPLY = 256_000_000;

const replySchema = z.object({
  id: z.union([z.number(), z.string(), z.null()]),
  result: z.unknown().optional(),
  error: z
    .object({ code: z.int(), message: z.string() })
    .nullish()
    .transform((error) => error ?? undefined),
});

type Reply = z.infer<typeof replySchema>;

/**
 * JSON-RPC over HTTP. Requests say version 2.0, which Core before 28 ignores, and replies are understood in both of its
 * ways: an error with HTTP status 500, 404 or 400 and `result: null`, or with status 200.
 * Source: Core `doc/JSON-RPC-interface.md`, `httprpc.cpp`.
 */
export function openRpc(http: CoreHttp): CoreRpc {
  let lastId = 0;
  const nextId = (): number => (lastId += 1);
  return {
    call: (method, params = [], options = {}) => call(http, { id: nextId(), method, params }, options),
    batch: async (calls, options = {}) =>
      calls.length === 0
        ? []
        : batch(
            http,
            calls.map((each) => ({ ...each, id: nextId() })),
            options,
          ),
    close: () => http.close(),
  };
}

type NumberedCall = RpcCall & { readonly id: number };

export function requestBody({ id, method, params }: NumberedCall): string {
  return JSON.stringify({ jsonrpc: "2.0", id, method, params });
}

async function call(http: CoreHttp, asked: NumberedCall, options: RpcOptions): Promise<unknown> {
  const { id, method } = asked;
  const ask = { path: "/", body: requestBody(asked), what: method };
  return http.send(
    ask,
    async (answer) => resultOf(http.url, { id, method }, await readReply(http.url, answer)),
    options,
  );
}

/** The result of the reply, if it is one to this call. */
function resultOf(url: string, { id, method }: { id: number; method: string }, reply: Reply): unknown {
  // A request that the node could not read has no id that it could name.
  if (reply.error !== undefined && (reply.id === id || reply.id === null)) throw rpcError(url, method, reply.error);
  if (reply.id !== id) throw badReply(url, `answers ${method} with the reply to another question`);
  return reply.result;
}

async function batch(
  http: CoreHttp,
  asked: readonly NumberedCall[],
  options: RpcOptions,
): Promise<readonly RpcReply[]> {
  const body = `[${asked.map(requestBody).join(",")}]`;
  const what = `${asked.length} calls of ${asked[0]?.method}`;
  return http.send(
    { path: "/", body, what },
    async (answer) => {
      const json = await readJson(http.url, answer);
      const list = z.array(replySchema).safeParse(json);
      if (list.success) return inOrder(http.url, asked, list.data);
      const single = replySchema.safeParse(json);
      if (single.data?.error !== undefined) throw rpcError(http.url, what, single.data.error);
      throw badReply(http.url, `does not answer ${what} with a list of replies`);
    },
    options,
  );
}

function inOrder(url: string, asked: readonly NumberedCall[], replies: readonly Reply[]): readonly RpcReply[] {
  const byId = new Map(replies.map((reply) => [reply.id, reply]));
  return asked.map(({ id, method }) => {
    const reply = byId.get(id);
    if (reply === undefined) throw badReply(url, `leaves out the reply to a ${method} among several calls`);
    if (reply.error === undefined) return { ok: true, result: reply.result };
    if (reply.error.code === RPC_CODES.warmingUp) throw stillLoading(url, reply.error.message);
    return { ok: false, ...reply.error };
  });
}

async function readReply(url: string, answer: HttpAnswer): Promise<Reply> {
  const reply = replySchema.safeParse(await readJson(url, answer));
  if (!reply.success) throw badReply(url, `answers in JSON (HTTP ${answer.status}) that is no JSON-RPC reply`);
  return reply.data;
}

async function readJson(url: string, { status, body }: HttpAnswer): Promise<unknown> {
  const text = new TextDecoder().decode(await readAll(url, body, LONGEST_REPLY));
  try {
    return JSON.parse(text);
  } catch (error) {
    const begins = text === "" ? "with nothing" : `with "${quoted(text.slice(0, 40))}"`;
    throw badReply(url, `answers (HTTP ${status}) ${begins}, which is not JSON`, error);
  }
}

/** Asks and checks that the answer has the shape that Core documents. */
export async function ask<Value>(
  rpc: CoreRpc,
  { method, params, schema, ...options }: RpcOptions & Partial<RpcCall> & { method: string; schema: z.ZodType<Value> },
): Promise<Value> {
  return checked(method, schema, await rpc.call(method, params, options));
}

export function checked<Value>(method: string, schema: z.ZodType<Value>, result: unknown): Value {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? "" : `: ${[...issue.path, issue.message].join(" ")}`;
  throw notLikeCore(`${method}${where}`);
}
