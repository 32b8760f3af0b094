import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "#lib";

/**
 * What is not restated is the same whenever it is asked for. Who asks for it as it was is told so: an answer would pass
 * for one of then.
 */
export async function refuseAsOf({ query, routeOptions }: FastifyRequest): Promise<void> {
  if (query === null || typeof query !== "object" || !("asOf" in query)) return;
  const { querystring } = routeOptions.schema ?? {};
  if (querystring instanceof z.ZodObject && "asOf" in querystring.shape) return;
  throw new AppError(
    "API_BAD_REQUEST",
    "asOf: what is told here is never restated by labels, so there is no other answer",
  );
}
