import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Fault = number | "broken" | "midway";

export type BucketServer = {
  /** Of a place in the bucket. */
  readonly address: string;
  readonly keyId: string;
  readonly secret: string;
  readonly region: string;
  readonly objects: Map<string, Buffer>;
  /**
   * What happens to the next requests, one after the other: an answer of that status, or a connection that breaks, at once
   * or in the middle of the next object that is fetched.
   */
  readonly faults: Fault[];
  /** Requests that were answered well, as `PUT name`. */
  readonly served: string[];
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const KEY = { keyId: "AKIDTEST", secret: "a secret/of+the bucket", region: "eu-test-1" };

/** Few, so that lists have pages. */
const PAGE = 7;

/** A bucket that speaks S3's protocol: signatures of version 4, checksums, lists by page, and faults on demand. */
export async function startBucketServer(): Promise<BucketServer> {
  const objects = new Map<string, Buffer>();
  const faults: Fault[] = [];
  const served: string[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, { objects, faults, served });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = (server.address() as { port: number }).port;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return {
    ...KEY,
    address: `http://127.0.0.1:${port}/bucket/of/ours`,
    objects,
    faults,
    served,
    close,
    [Symbol.asyncDispose]: close,
  };
}

type State = Pick<BucketServer, "objects" | "faults" | "served">;

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { objects, faults, served }: State,
): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  const url = new URL(request.url ?? "", "http://bucket");
  const fault = faults[0] === "midway" ? undefined : faults.shift();
  if (fault === "broken" || fault === "midway") return void request.socket.destroy();
  if (fault !== undefined) return refuse(response, fault, "SlowDown");
  if (!isSigned(request, url)) return refuse(response, 403, "SignatureDoesNotMatch");
  if (request.headers["x-amz-content-sha256"] !== createHash("sha256").update(body).digest("hex")) {
    return refuse(response, 400, "XAmzContentSHA256Mismatch");
  }
  const key = decodeURIComponent(url.pathname.slice("/bucket/".length));
  served.push(`${request.method} ${key}`);
  if (request.method === "PUT") objects.set(key, body);
  if (request.method === "DELETE") objects.delete(key);
  if (request.method !== "GET") return void response.end("");
  if (url.searchParams.has("list-type")) return void response.end(listPage(objects, url.searchParams));
  const content = objects.get(key);
  if (content === undefined) return refuse(response, 404, "NoSuchKey");
  response.setHeader("content-length", content.length);
  if (faults[0] !== "midway") return void response.end(content);
  faults.shift();
  response.write(content.subarray(0, 1));
  setTimeout(() => request.socket.destroy(), 10);
}

function listPage(objects: ReadonlyMap<string, Buffer>, asked: URLSearchParams): string {
  const prefix = asked.get("prefix") ?? "";
  const after = asked.get("continuation-token") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
  const page = keys.slice(0, PAGE);
  const entries = page.map((key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length}</Size></Contents>`);
  const next = keys.length > PAGE ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
  return `<?xml version="1.0"?><ListBucketResult>${next}${entries.join("")}</ListBucketResult>`;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<Error><Code>${code}</Code><Message>${KEY.secret}</Message></Error>`);
}

/** As Amazon describes it (Signature Version 4), from what came and the secret. */
function isSigned({ method = "", headers }: IncomingMessage, url: URL): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? "",
  );
  const [, credential = "", signedHeaders = "", signature = ""] = given ?? [];
  const [keyId, day = "", region, service, end] = credential.split("/");
  if (keyId !== KEY.keyId || region !== KEY.region || service !== "s3" || end !== "aws4_request") return false;
  const query = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join("=")).toSorted();
  const names = signedHeaders.split(";");
  const canonical = [
    method,
    url.pathname,
    query.join("&"),
    ...names.map((name) => `${name}:${String(headers[name])}`),
    "",
    signedHeaders,
    String(headers["x-amz-content-sha256"]),
  ].join("\n");
  const scope = [day, region, service, end].join("/");
  const hash = createHash("sha256").update(canonical).digest("hex");
  const toSign = ["AWS4-HMAC-SHA256", String(headers["x-amz-date"]), scope, hash].join("\n");
  const sign = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
  const key = [region, service, end].reduce<Buffer>(
    (before, part) => sign(before, part ?? ""),
    sign(`AWS4${KEY.secret}`, day),
  );
  return (
    sign(key, toSign).toString("hex") === signature && names.includes("host") && names.includes("x-amz-content-sha256")
  );
}
