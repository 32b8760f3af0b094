import type { FastifyRequest } from "fastify";
import type { InsightList } from "#contract";
import { escapeMarkup } from "#insights";
import type { App } from "./app-types.ts";

const INSIGHTS = "/api/v1/insights?pageSize=30";
/** What the dashboard asks for when it is opened (web/src/server/queries.ts). */
const PATHS = [
  "/api/v1/session",
  "/api/v1/monitoring/status",
  "/api/v1/briefs?pageSize=1",
  INSIGHTS,
  "/api/v1/insights/facets?",
  "/api/v1/forecasts",
  "/api/v1/scorecard?pageSize=12",
] as const;

/** As many as a screen shows. */
const CARDS = 3;
const TITLE = "<title>utxoIQ</title>";
const ROOT = '<div id="root"></div>';

/**
 * The page with what its script would ask for first, so that it need not, and with the newest insights to be read before
 * the script is there. Each is answered as if this visitor had asked: what may not be read, or fails, is left out.
 */
export async function withFirstAnswers(page: string, app: App, request: FastifyRequest): Promise<string> {
  const asked = await Promise.all(PATHS.map(async (path) => [path, await ask(app, request, path)] as const));
  const answers = new Map(asked.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
  const { insights } = JSON.parse(answers.get(INSIGHTS) ?? '{"insights":[]}') as Pick<InsightList, "insights">;
  return page
    .replace(TITLE, "<title>Insights · utxoIQ</title>")
    .replace(ROOT, () => `<div id="root">${draw(insights)}</div>${dataBlock(answers)}`);
}

/** JSON as it would be sent. */
async function ask(app: App, { headers, ip }: FastifyRequest, path: string): Promise<string | undefined> {
  const { host, cookie } = headers;
  const own = { host, ...(cookie === undefined ? {} : { cookie }), "sec-fetch-site": "same-origin" };
  const { statusCode, payload } = await app.inject({ method: "GET", url: path, headers: own, remoteAddress: ip });
  return statusCode === 200 ? payload : undefined;
}

/** No browser runs it, and nothing in it can end it: `<` stands only in its strings. */
function dataBlock(answers: ReadonlyMap<string, string>): string {
  const members = [...answers].map(([path, answer]) => `${JSON.stringify(path)}:${answer}`);
  const text = `{${members.join(",")}}`.replaceAll("<", "\\u003c");
  return `<script type="application/json" id="first-answers">${text}</script>`;
}

function draw(insights: InsightList["insights"]): string {
  if (insights.length === 0) return "";
  const cards = insights
    .slice(0, CARDS)
    .map(
      ({ headline, summary }) => `<article><h2>${escapeMarkup(headline)}</h2><p>${escapeMarkup(summary)}</p></article>`,
    );
  return `<main class="first-paint" aria-busy="true"><h1>Insights</h1>${cards.join("")}</main>`;
}
