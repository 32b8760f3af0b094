import type { FastifyRequest } from "fastify";
import { AppError } from "#lib";
import { access, type Database, search } from "#store";
import type { GuestAccess } from "./permissions.ts";

type Asked = { readonly request: FastifyRequest; readonly filter: search.InsightFilter; readonly guests: GuestAccess };

/**
 * Files have so many insights at most as the tier says; whoever has no account has the smallest. Where everything is
 * open without one there is no such limit.
 * @throws AppError API_EXPORT_TOO_LARGE
 */
export async function refuseLargeExport(db: Database, { request, filter, guests }: Asked): Promise<void> {
  const { role, person } = request.actor;
  if (guests === "all" || role === "operator") return;
  const { exportedInsights: most } = await access.accounts.findTier(db, person?.tier ?? "free");
  if (!(await search.hasMoreThan(db, filter, most))) return;
  throw new AppError(
    "API_EXPORT_TOO_LARGE",
    `this filter leaves more than ${most} insights, as many as you may have in one file; narrow it`,
  );
}
