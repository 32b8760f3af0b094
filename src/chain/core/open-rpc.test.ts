import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { type CoreHttpOptions, openHttp } from "./core-http.ts";
import type { CoreRpc } from "./core-rpc.ts";
import { parseCoreSpec } from "./core-spec.ts";
import { openRpc } from "./open-rpc.ts";

type Question = { readonly id: number; readonly method: string; readonly params: readonly unknown[] };
type Answering = (answer: ServerResponse, asked: Question | readonly Question[], request: IncomingMessage) => void;

const SECRET = "hunter2";
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function serve(answering: Answering): Promise<{ port: number; server: Server }> {
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (piece) => (text += String(piece)));
    request.on("end", () => answering(response, JSON.parse(text) as Question | Question[], request));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, server };
}

function connect(port: number, options: CoreHttpOptions = {}, query = ""): CoreRpc {
  const login = query === "" ? `alice:${SECRET}@` : "";
  const spec = parseCoreSpec(`core:http://${login}127.0.0.1:${port}${query}`);
  const rpc = openRpc(openHttp(spec, { retryMs: 1, ...options }));
  closing.push(() => rpc.close());
  return rpc;
}

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};

const one = (asked: Question | readonly Question[]): Question => {
  if (Array.isArray(asked)) throw new Error("a single call was expected");
  return asked as Question;
};

const good: Answering = (response, asked) =>
  send(response, 200, { result: one(asked).method, error: null, id: one(asked).id });

/** The first answers as told, after that good ones. */
function failing(times: number, bad: Answering): Answering & { readonly asked: () => number } {
  let count = 0;
  const answering: Answering = (...all) => ((count += 1) <= times ? bad : good)(...all);
  return Object.assign(answering, { asked: () => count });
}

async function errorOf(asked: Promise<unknown>): Promise<Error & { code: string; retryable: boolean }> {
  try {
    await asked;
  } catch (error) {
    const text = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(Buffer.from(`alice:${SECRET}`).toString("base64"));
    return error as Error & { code: string; retryable: boolean };
  }
  throw new Error("it did not fail");
}

async function check(bad: Answering, expected: { code: string; retryable: boolean; says: RegExp }): Promise<void> {
  const { port } = await serve(bad);
  const error = await errorOf(connect(port, { retries: 1, timeoutMs: 150 }).call("getblockcount"));
  expect({ code: error.code, retryable: error.retryable, message: error.message }).toEqual({
    code: expected.code,
    retryable: expected.retryable,
    message: expect.stringMatching(expected.says),
  });
}

const warmingUp =
  (message: string): Answering =>
  (response, asked) =>
    send(response, 500, { result: null, error: { code: -28, message }, id: one(asked).id });
const workQueue: Answering = (response) => send(response, 503, "Work queue depth exceeded");
const reset: Answering = (_, __, request) => request.socket.destroy();
const halfBody: Answering = (response) => {
  response.writeHead(200, { "content-length": 1_000 });
  response.write('{"result":"half', () => response.destroy());
};
const silence: Answering = () => {};

describe("what a node may answer", () => {
  test.each<[string, Answering, string, boolean, RegExp]>([
    ["wrong password", (response) => send(response, 401, ""), "CHAIN_RPC_AUTH", false, /wrong user or password/],
    ["403", (response) => send(response, 403, ""), "CHAIN_RPC_FORBIDDEN", false, /rpcallowip .* rpcwhitelist/],
    ["full work queue", workQueue, "CHAIN_RPC_BUSY", true, /Work queue depth exceeded/],
    [
      "REST while starting",
      (response) => send(response, 503, "Service temporarily unavailable: Loading…"),
      "CHAIN_RPC_WARMING_UP",
      true,
      /says "Loading…"/,
    ],
    [
      "starting",
      warmingUp("Loading block index…"),
      "CHAIN_RPC_WARMING_UP",
      true,
      /is still loading blocks: it says "Loading block index…"/,
    ],
    [
      "starting, with a percentage",
      warmingUp("Verifying blocks… 43%"),
      "CHAIN_RPC_WARMING_UP",
      true,
      /is still loading blocks, 43 %: /,
    ],
    ["silence", silence, "CHAIN_RPC_TIMEOUT", true, /did not answer getblockcount within 0.15 s/],
    ["broken connection", reset, "CHAIN_RPC_UNREACHABLE", true, /The connection with .* failed: it broke off/],
    ["half a body", halfBody, "CHAIN_RPC_UNREACHABLE", true, /broke off/],
    [
      "garbage",
      (response) => send(response, 200, "<html>\u0007Welcome"),
      "CHAIN_RPC_BAD_REPLY",
      true,
      /begins? .*"<html> Welcome"|with "<html> Welcome"/,
    ],
    ["nothing", (response) => send(response, 404, ""), "CHAIN_RPC_BAD_REPLY", true, /HTTP 404\) with nothing/],
    ["another JSON", (response) => send(response, 200, { hello: 1 }), "CHAIN_RPC_BAD_REPLY", true, /no JSON-RPC reply/],
    [
      "another id",
      (response, asked) => send(response, 200, { result: 1, error: null, id: one(asked).id + 1 }),
      "CHAIN_RPC_BAD_REPLY",
      true,
      /reply to another question/,
    ],
    [
      "error to a call it could not read",
      (response) => send(response, 500, { result: null, error: { code: -32700, message: "Parse error" }, id: null }),
      "CHAIN_RPC_ERROR",
      false,
      /Parse error \(-32700\)/,
    ],
  ])("%s", (_, bad, code, retryable, says) => check(bad, { code, retryable, says }));

  test("nothing listens there", async () => {
    const { port, server } = await serve(good);
    server.close();
    const error = await errorOf(connect(port, { retries: 0 }).call("getblockcount"));
    expect(error).toMatchObject({ code: "CHAIN_RPC_UNREACHABLE", retryable: true });
    expect(error.message).toBe(
      `Nothing answers at http://127.0.0.1:${port}: connection refused; is bitcoind running, with server=1?`,
    );
  });

  test.each([
    ["as Core before 28 does", 500, { result: null }],
    ["as Core 28 does", 200, { jsonrpc: "2.0" }],
  ])("an error of a call, told %s", async (_, status, rest) => {
    const { port } = await serve((response, asked) =>
      send(response, status, { ...rest, error: { code: -8, message: "Block height out of range" }, id: one(asked).id }),
    );
    const error = await errorOf(connect(port).call("getblockhash", [999_999]));
    expect(error).toMatchObject({
      code: "CHAIN_RPC_ERROR",
      retryable: false,
      details: { rpcCode: -8, method: "getblockhash" },
    });
  });
});

describe("what passes", () => {
  test.each<[string, Answering]>([
    ["a full work queue", workQueue],
    ["a broken connection", reset],
    ["half a body", halfBody],
    ["starting", warmingUp("Loading block index…")],
    ["silence", (response, asked, request) => (one(asked).id === 1 ? silence : good)(response, asked, request)],
  ])("%s is tried again", async (_, bad) => {
    const answering = failing(1, bad);
    const { port } = await serve(answering);
    expect(await connect(port, { timeoutMs: 1_000 }).call("getblockcount")).toBe("getblockcount");
    expect(answering.asked()).toBe(2);
  });

  test.each<[string, Answering]>([
    ["a wrong password", (response) => send(response, 401, "")],
    [
      "an error of the node",
      (response, asked) => send(response, 500, { error: { code: -5, message: "" }, id: one(asked).id }),
    ],
  ])("%s is not", async (_, bad) => {
    const answering = failing(1, bad);
    const { port } = await serve(answering);
    await errorOf(connect(port).call("getblockcount"));
    expect(answering.asked()).toBe(1);
  });

  test("nothing is asked of a connection that was closed here", async () => {
    const { port } = await serve(silence);
    const rpc = connect(port, { retryMs: 600_000 });
    const asked = errorOf(rpc.call("getblockcount"));
    await rpc.close();
    expect(await asked).toMatchObject({ code: "CHAIN_RPC_UNREACHABLE", retryable: false });
    expect(await errorOf(rpc.call("getblockcount"))).toMatchObject({ retryable: false });
  });

  test("a fault of whoever reads the answer is none of the connection", async () => {
    const answering = failing(0, silence);
    const { port } = await serve(answering);
    const http = openHttp(parseCoreSpec(`core:http://a:b@127.0.0.1:${port}`));
    closing.push(() => http.close());
    const ask = { path: "/", body: JSON.stringify({ id: 1, method: "uptime", params: [] }), what: "uptime" };
    await expect(http.send(ask, () => Promise.reject(new RangeError("a bug")))).rejects.toThrow(RangeError);
    expect(answering.asked()).toBe(1);
  });

  test("whoever stops asking hears the reason at once, also between two tries", async () => {
    for (const bad of [silence, workQueue]) {
      const stop = new AbortController();
      const { port } = await serve((...all) => {
        setImmediate(() => stop.abort(new Error("enough")));
        bad(...all);
      });
      const rpc = connect(port, { retryMs: 600_000 });
      await expect(rpc.call("getblockcount", [], { signal: stop.signal })).rejects.toThrow("enough");
    }
  });
});

describe("several calls at once", () => {
  const answers: Answering = (response, asked) => {
    const replies = (asked as readonly Question[]).map(({ id, params: [height] }) =>
      height === 3
        ? { result: null, error: { code: -8, message: "out of range" }, id }
        : { result: height, error: null, id },
    );
    send(response, 200, replies.toReversed());
  };
  const calls = [1, 2, 3].map((height) => ({ method: "getblockhash", params: [height] }));

  test("have their replies in the order of the calls, errors among them", async () => {
    const { port } = await serve(answers);
    expect(await connect(port).batch(calls)).toEqual([
      { ok: true, result: 1 },
      { ok: true, result: 2 },
      { ok: false, code: -8, message: "out of range" },
    ]);
  });

  test("none ask nothing", async () => {
    expect(await connect(1).batch([])).toEqual([]);
  });

  test.each<[string, Answering, string]>([
    [
      "a reply is missing",
      (response, asked) => send(response, 200, [{ result: 1, id: (asked as Question[])[0]?.id }]),
      "CHAIN_RPC_BAD_REPLY",
    ],
    [
      "one reply for all",
      (response) => send(response, 500, { error: { code: -32700, message: "Parse error" }, id: null }),
      "CHAIN_RPC_ERROR",
    ],
    ["no list", (response) => send(response, 200, { result: 1, id: 1 }), "CHAIN_RPC_BAD_REPLY"],
    [
      "starting",
      (response, asked) =>
        send(
          response,
          200,
          (asked as Question[]).map(({ id }) => ({ error: { code: -28, message: "Loading" }, id })),
        ),
      "CHAIN_RPC_WARMING_UP",
    ],
  ])("%s", async (_, bad, code) => {
    const { port } = await serve(bad);
    expect(await errorOf(connect(port, { retries: 0 }).batch(calls))).toMatchObject({ code });
  });
});

describe("a login by cookie", () => {
  async function cookieFile(text: string | undefined): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "utxoiq-cookie-"));
    closing.push(() => rm(folder, { recursive: true }));
    const path = join(folder, ".cookie");
    if (text !== undefined) await writeFile(path, text);
    return path;
  }

  const accepting =
    (password: () => string): Answering =>
    (response, asked, request) => {
      const expected = `Basic ${Buffer.from(`__cookie__:${password()}`).toString("base64")}`;
      if (request.headers.authorization === expected) good(response, asked, request);
      else send(response, 401, "");
    };

  test("is read again after the node was restarted", async () => {
    let password = "first";
    const path = await cookieFile("__cookie__:first\n");
    const { port } = await serve(accepting(() => password));
    const rpc = connect(port, {}, `?cookie=${path}`);
    expect(await rpc.call("uptime")).toBe("uptime");
    password = "second";
    await writeFile(path, "__cookie__:second");
    expect(await rpc.call("uptime")).toBe("uptime");
  });

  test("of another node is told by its name", async () => {
    const path = await cookieFile(`__cookie__:${SECRET}`);
    const { port } = await serve(accepting(() => "other"));
    const error = await errorOf(connect(port, {}, `?cookie=${path}`).call("uptime"));
    expect(error).toMatchObject({ code: "CHAIN_RPC_AUTH", retryable: false });
    expect(error.message).toContain(path);
  });

  test("may be named by its directory", async () => {
    const path = await cookieFile("__cookie__:first\n");
    const { port } = await serve(accepting(() => "first"));
    expect(await connect(port, {}, `?cookie=${dirname(path)}`).call("uptime")).toBe("uptime");
  });

  test("of a node that does not run is not what is missing", async () => {
    const path = await cookieFile(undefined);
    const error = await errorOf(connect(1, { retries: 0 }, `?cookie=${path}`).call("uptime"));
    expect(error).toMatchObject({
      code: "CHAIN_RPC_UNREACHABLE",
      message: "Nothing answers at http://127.0.0.1:1: connection refused; is bitcoind running, with server=1?",
    });
  });

  test("that is not there may come", async () => {
    const path = await cookieFile(undefined);
    const { port } = await serve(good);
    const error = await errorOf(connect(port, {}, `?cookie=${path}`).call("uptime"));
    expect(error).toMatchObject({ code: "CHAIN_RPC_COOKIE", retryable: true, message: expect.stringContaining(path) });
  });
});
