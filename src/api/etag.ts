import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/** A block under so many others is not undone any more. */
const BURIED_BLOCKS = 100;

/** For so long browsers and proxies need not ask again. Longer would be wrong: labels or a backfill may tell a block anew. */
const KEEP_BURIED = "public, max-age=60";
const ASK_ALWAYS = "no-cache";

/** How long an answer may be kept that follows from blocks up to a height. */
export function cacheControlOf(height: number | undefined, tipHeight: number | undefined): string {
  if (height === undefined || tipHeight === undefined) return ASK_ALWAYS;
  return tipHeight - height >= BURIED_BLOCKS ? KEEP_BURIED : ASK_ALWAYS;
}

/** Names the answer by its content: who asks again with that name is told that nothing changed, and sent nothing. */
export async function tellETag(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const named = reply.getHeader("etag");
  if (reply.statusCode !== 200) return payload;
  if (named === undefined && typeof payload !== "string" && !Buffer.isBuffer(payload)) return payload;
  const etag = typeof named === "string" ? named : etagOf(payload as string | Buffer);
  if (named === undefined) void reply.header("etag", etag);
  if (!reply.hasHeader("cache-control")) void reply.header("cache-control", ASK_ALWAYS);
  if (!isKnown(request.headers["if-none-match"], etag)) return payload;
  void reply.code(304).removeHeader("content-length");
  return "";
}

/** Weak: the same content may be sent compressed or not. */
export function etagOf(text: string | Buffer): string {
  return `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
}

function isKnown(known: string | undefined, etag: string): boolean {
  return known?.split(",").some((one) => one.trim().replace(/^(?:W\/)?/, "W/") === etag) === true;
}
