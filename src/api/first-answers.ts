import type { FastifyRequest } from "fastify";
import type { InsightList } from "#contract";
import { escapeMarkup } from "#insights";
import type { App } from "./app-types.ts";

/** What the dashboard asks for when it is opened (web/src/server/queries.ts). */
const PATHS = [
  "/api/v1/session",
  "/api/v1/monitoring/status",
  "/api/v1/briefs?pageSize=1",
  "/api/v1/insights?pageSize=30",
  "/api/v1/insights/facets?",
  "/api/v1/forecasts",
  "/api/v1/scorecard?pageSize=12",
] as const;

const INSIGHTS = "/api/v1/insights?pageSize=30" satisfies (typeof PATHS)[number];
/** As many as a screen shows. */
const CARDS = 3;
const TITLE = "<title>utxoIQ</title>";
const ROOT = '<div id="root"></div>';

/**
 * The page with what its script would ask for first, so that it need not, and with the newest insights to be read before
 * the script is there. Each is answered as if this visitor had asked: what may not be read, or fails, is left out.
 */
export async function withFirstAnswers(page: string, app: App, request: FastifyRequest): Promise<string> {
  const answers = Object.fromEntries(
    (await Promise.all(PATHS.map((path) => ask(app, request, path)))).flatMap((answer) => answer ?? []),
  );
  const insights = (answers[INSIGHTS] as InsightList | undefined)?.insights ?? [];
  return page
    .replace(TITLE, "<title>Insights · utxoIQ</title>")
    .replace(ROOT, () => `<div id="root">${draw(insights)}</div>${dataBlock(answers)}`);
}

async function ask(app: App, { headers, ip }: FastifyRequest, path: string): Promise<[[string, unknown]] | undefined> {
  const { host, cookie } = headers;
  const own = { host, ...(cookie === undefined ? {} : { cookie }), "sec-fetch-site": "same-origin" };
  const { statusCode, payload } = await app.inject({ method: "GET", url: path, headers: own, remoteAddress: ip });
  return statusCode === 200 ? [[path, JSON.parse(payload)]] : undefined;
}

/** No browser runs it, and nothing in it can end it: `<` stands only in its strings. */
function dataBlock(answers: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(answers).replaceAll("<", "\\u003c");
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
