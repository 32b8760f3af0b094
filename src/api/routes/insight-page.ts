import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { chartPoints, insightId, pictureQuery, problem } from "#contract";
import { chartOf } from "#insights";
import { AppError } from "#lib";
import { type Database, findChain, findInsight, readChartPoints, type StoredInsight } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { insightNotFound } from "../insight-not-found.ts";
import { type Drawn, PictureCache } from "../picture-cache.ts";
import { withNonce } from "../nonce.ts";
import { isoTime, presentInsight } from "../present.ts";
import { readPage } from "../read-page.ts";
import { writePageHead } from "../write-page-head.ts";

/** The page of an insight, which tells other sites what it is about before any script runs, and its picture. */
export function registerInsightPage(app: App, { db, webRoot }: ApiDeps): void {
  app.get(
    "/insights/:id",
    { schema: { hide: true, params: z.object({ id: z.string().max(200) }) } },
    async (request, reply) => {
      const page = withNonce(await readPage(webRoot), reply);
      const { success, data: id } = insightId.safeParse(request.params.id);
      const mayRead = request.permissions.includes("feed");
      const row = success && mayRead ? await findInsight(db, id) : undefined;
      void reply.type("text/html; charset=utf-8");
      // The page itself says to a person that there is none.
      if (row === undefined) return reply.status(mayRead ? 404 : 200).send(page);
      return reply.send(page.replace(/<title>[^<]*<\/title>/, () => headOf(row, request)));
    },
  );
  registerPictures(app, db);
  registerChart(app, db);
}

function headOf(row: StoredInsight, { protocol, host }: FastifyRequest): string {
  const { id, headline, summary, simulated, status } = presentInsight(row);
  const base = `${protocol}://${host}`;
  const marks = [...(simulated ? ["simulated network"] : []), ...(status === "retracted" ? ["retracted"] : [])];
  return writePageHead({
    title: [headline, ...marks].join(" · "),
    description: summary,
    url: `${base}/insights/${id}`,
    picture: chartOf(row) === null ? null : `${base}/api/v1/insights/${id}/picture.png`,
  });
}

/** The chart grows with blocks that come after it, so a picture is soon old. */
const KEPT_SECONDS = 30;
const SHORTLY = `public, max-age=${KEPT_SECONDS}`;

function registerPictures(app: App, db: Database): void {
  const pictures = new PictureCache(KEPT_SECONDS * 1_000);
  const drawnOf = (id: string, { theme }: z.infer<typeof pictureQuery>): Drawn =>
    pictures.get(`${id} ${theme}`, async () => {
      const { picture, title } = await readPicture(db, id);
      return { picture, title: { ...title, theme } };
    });
  const basics = { tags: ["insights"], params: z.object({ id: insightId }), querystring: pictureQuery };
  const refusals = { 400: problem, 404: problem };
  app.get(
    "/api/v1/insights/:id/picture.svg",
    {
      schema: {
        ...basics,
        summary: "The chart of an insight, its event marked",
        produces: ["image/svg+xml"],
        response: { 200: z.string(), ...refusals },
      },
    },
    async ({ params: { id }, query }, reply) =>
      reply
        .type("image/svg+xml")
        .header("cache-control", SHORTLY)
        .send(await drawnOf(id, query).svg()),
  );
  app.get(
    "/api/v1/insights/:id/sparkline.svg",
    {
      schema: {
        ...basics,
        summary: "Its row of numbers alone, as small as beside a headline",
        produces: ["image/svg+xml"],
        response: { 200: z.string(), ...refusals },
      },
    },
    async ({ params: { id }, query: { theme } }, reply) => {
      const [{ picture }, { drawSparkline }] = await Promise.all([readPicture(db, id), import("#pictures")]);
      return reply.type("image/svg+xml").header("cache-control", SHORTLY).send(drawSparkline(picture, theme));
    },
  );
  app.get(
    "/api/v1/insights/:id/picture.png",
    {
      schema: {
        ...basics,
        summary: "The same as PNG",
        produces: ["image/png"],
        response: { 200: z.unknown(), ...refusals },
      },
    },
    async ({ params: { id }, query }, reply) =>
      reply
        .type("image/png")
        .header("cache-control", SHORTLY)
        .send(Buffer.from(await drawnOf(id, query).png())),
  );
}

function registerChart(app: App, db: Database): void {
  app.get(
    "/api/v1/insights/:id/chart",
    {
      config: { remembered: "until the next event" },
      schema: {
        summary: "The numbers of its chart, block by block",
        tags: ["insights"],
        params: z.object({ id: insightId }),
        response: { 200: chartPoints, 400: problem, 404: problem },
      },
    },
    async ({ params: { id } }) => {
      const { points } = (await readPicture(db, id)).picture;
      return { points: points.map(({ height, time, value }) => ({ height, time: isoTime(time), value })) };
    },
  );
}

async function readPicture(db: Database, id: string) {
  const row = await findInsight(db, id);
  if (row === undefined) throw insightNotFound(id);
  const chart = chartOf(row);
  if (chart === null) throw new AppError("API_INSIGHT_WITHOUT_PICTURE", `no series shows what insight ${id} tells`);
  const [points, chain] = await Promise.all([readChartPoints(db, chart), findChain(db)]);
  const { headline, simulated } = presentInsight(row);
  return { picture: { chart, points }, title: { headline, network: chain?.network ?? "", simulated } };
}
