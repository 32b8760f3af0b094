import type { FastifyRequest } from "fastify";
import { AppError } from "#lib";

/** PostgreSQL keeps no text with a zero byte in it, so no answer can lie behind an address that asks for one. */
export async function refuseZeroByte({ url }: FastifyRequest): Promise<void> {
  if (/%00/.test(url)) throw new AppError("API_BAD_REQUEST", "an address has no zero byte (%00) in it");
}
