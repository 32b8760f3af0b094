import type { FastifyRequest } from "fastify";
import { AppError } from "#lib";

/** PostgreSQL keeps no text with a zero byte in it, so no answer can lie behind an address that asks for one. */
export async function refuseZeroByte({ url }: FastifyRequest): Promise<void> {
  if (/%00/.test(url)) throw new AppError("API_BAD_REQUEST", "an address has no zero byte (%00) in it");
}

/** The same of what is sent, once it is read. */
export async function refuseZeroByteInBody({ body }: FastifyRequest): Promise<void> {
  if (holdsZeroByte(body)) throw new AppError("API_BAD_REQUEST", "a text has no zero byte in it");
}

function holdsZeroByte(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(holdsZeroByte);
}
