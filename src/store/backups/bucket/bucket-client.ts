import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AwsClient } from "aws4fetch";
import pRetry from "p-retry";
import { AppError, messageOf } from "#lib";

/** A place in a bucket that speaks S3's protocol, as Amazon's, Google's, and many others' do. */
export type Bucket = {
  /** `https://<server>/<bucket>`, and perhaps a path in it. */
  readonly address: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
};

export type Content = { readonly body: Blob; readonly sha256: string };

export type BucketClient = {
  /** The names below the place, with their sizes. */
  list(signal: AbortSignal): Promise<ReadonlyMap<string, number>>;
  /** The server compares what came with the checksum. */
  put(name: string, content: Content, signal: AbortSignal): Promise<void>;
  /** Writes it to a file, which is there when it is whole, and tells its SHA-256. */
  get(name: string, path: string, signal: AbortSignal): Promise<string>;
  remove(name: string, signal: AbortSignal): Promise<void>;
};

const RETRIES = 4;

/** Of one file; a gigabyte has to come through. */
const WITHIN_MS = 30 * 60_000;

const NO_CONTENT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

type Asking = {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly url: URL;
  readonly sha256?: string;
  readonly body?: Blob;
  readonly signal: AbortSignal;
};

/** Signs each request; what may pass is asked again, the first time after `retryMs`. */
export function openBucket(bucket: Bucket, { retryMs = 1_000 } = {}): BucketClient {
  const { address, region, keyId, secret } = bucket;
  const aws = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, service: "s3", region, retries: 0 });
  const place = new URL(address);
  const [, name = "", ...path] = place.pathname.split("/").filter((part, index) => index === 0 || part !== "");
  const prefix = path.map((part) => `${part}/`).join("");
  const urlOf = (key: string): URL => new URL(`/${name}/${prefix}${key}`, place);

  const askOnce = async ({ method, url, sha256 = NO_CONTENT, body, signal }: Asking): Promise<Response> => {
    const headers = { "x-amz-content-sha256": sha256 };
    const request = await aws.sign(url.href, { method, headers, ...(body === undefined ? {} : { body }) });
    const within = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
    let response: Response;
    try {
      response = await fetch(request, { redirect: "error", signal: within });
    } catch (cause) {
      signal.throwIfAborted();
      throw unreachable(url, cause);
    }
    if (response.ok) return response;
    throw refused(method, url, { status: response.status, text: await response.text() });
  };
  const again = <Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> =>
    pRetry(work, {
      retries: RETRIES,
      minTimeout: retryMs,
      signal,
      shouldRetry: ({ error }) => error instanceof AppError && error.retryable,
    });
  const ask = (asking: Asking): Promise<Response> => again(() => askOnce(asking), asking.signal);

  return {
    list: async (signal) => {
      const found = new Map<string, number>();
      let next: string | undefined;
      do {
        const url = new URL(`/${name}`, place);
        url.searchParams.set("list-type", "2");
        url.searchParams.set("prefix", prefix);
        if (next !== undefined) url.searchParams.set("continuation-token", next);
        const text = await (await ask({ method: "GET", url, signal })).text();
        for (const [key, size] of readKeys(text)) found.set(key.slice(prefix.length), size);
        next = readTag(text, "NextContinuationToken");
      } while (next !== undefined);
      return found;
    },
    put: async (key, { body, sha256 }, signal) => {
      await ask({ method: "PUT", url: urlOf(key), sha256, body, signal });
    },
    get: (key, path, signal) =>
      again(async () => {
        const url = urlOf(key);
        const response = await askOnce({ method: "GET", url, signal });
        return writeBody(response, { url, path, signal });
      }, signal),
    remove: async (key, signal) => {
      await ask({ method: "DELETE", url: urlOf(key), signal });
    },
  };
}

type Writing = { readonly url: URL; readonly path: string; readonly signal: AbortSignal };

async function writeBody(response: Response, { url, path, signal }: Writing): Promise<string> {
  const hash = createHash("sha256");
  let size = 0;
  const count = new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      hash.update(piece);
      size += piece.length;
      done(null, piece);
    },
  });
  const draft = `${path}.part`;
  const body = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body);
  try {
    await pipeline(body, count, createWriteStream(draft, { mode: 0o600 }), { signal });
  } catch (cause) {
    signal.throwIfAborted();
    // That is how an answer breaks off; where the disk is full, asking again is of no use.
    throw cause instanceof TypeError ? unreachable(url, cause) : cause;
  }
  const expected = response.headers.get("content-length");
  if (expected !== null && Number(expected) !== size) throw unreachable(url, new Error("the answer broke off"));
  await rename(draft, path);
  return hash.digest("hex");
}

/** Names of ours have no character that would be written otherwise in XML. */
function readKeys(text: string): readonly (readonly [string, number])[] {
  return [...text.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(
    ([, entry = ""]) => [readTag(entry, "Key") ?? "", Number(readTag(entry, "Size"))] as const,
  );
}

function readTag(text: string, tag: string): string | undefined {
  const value = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1];
  return value?.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

function unreachable(url: URL, cause: unknown): AppError {
  const reason = cause instanceof Error && cause.cause !== undefined ? messageOf(cause.cause) : messageOf(cause);
  return new AppError("STORE_BUCKET", `The bucket at ${url.host} cannot be reached: ${reason}`, {
    cause,
    retryable: true,
  });
}

/** Of the answer only the code is told: some servers repeat what they were asked with. */
function refused(method: string, url: URL, { status, text }: { status: number; text: string }): AppError {
  const code = readTag(text, "Code") ?? "no reason";
  const message = `The bucket at ${url.host} answered ${status} (${code}) to ${method} ${url.pathname}.`;
  return new AppError("STORE_BUCKET", message, { retryable: status >= 500 || status === 429 || status === 408 });
}
