import { accounts as contract, problem } from "#contract";
import { access } from "#store";
import type { App, ApiDeps } from "../../app-types.ts";
import { auditBasics } from "../../audit-basics.ts";

const refused = { 400: problem, 401: problem, 403: problem };

/** What each tier may have of what costs. */
export function registerTierRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/tiers",
    {
      schema: {
        summary: "What each tier may have, the least first",
        tags: ["account"],
        response: { 200: contract.tierList, ...refused },
      },
    },
    async () => {
      return { tiers: [...(await access.accounts.listTiers(db))] };
    },
  );
  app.patch(
    "/api/v1/tiers/:tier",
    {
      schema: {
        summary: "Give a tier more or less; it counts from the next request on",
        tags: ["administration"],
        params: contract.tierParams,
        body: contract.changeTierBody,
        response: { 200: contract.tierAnswer, ...refused },
      },
    },
    async (request) => {
      const { tier: name } = request.params;
      const change = request.body;
      const audit = { ...auditBasics(request), action: "tier.change", target: `tier ${name}`, details: { ...change } };
      return access.accounts.changeTier(db, { name, change, audit });
    },
  );
}
