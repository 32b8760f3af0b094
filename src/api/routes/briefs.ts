import { z } from "zod";
import { brief, briefList, listBriefsQuery, problem } from "#contract";
import { dayOf, idsOfBrief, spanOfDay, writeBriefHtml, writeBriefMarkdown } from "#insights";
import { AppError } from "#lib";
import { type Database, findBrief, findBriefNeighbours, listBriefs, readStandings, type StoredBrief } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { withStyleNonce } from "../nonce.ts";
import { decodePageToken, nextPageUrl, pageOf } from "../page-token.ts";
import { type Drawn, PictureCache } from "../picture-cache.ts";
import { pathOfBrief, pathOfPicture } from "../brief-paths.ts";
import { presentBrief, presentBriefLine } from "../present-brief.ts";

const params = z.object({
  date: z
    .string()
    .refine((day) => spanOfDay(day) !== undefined, "a date is a day of the calendar, like 2026-03-14")
    .meta({ description: "A day of UTC, like 2026-03-14" }),
});

const pictureParams = params.extend({
  number: z.coerce.number().int().min(1).max(99).meta({ description: "Of the event in the brief, from 1 on" }),
});

const HTML = "text/html; charset=utf-8";

/** A published brief never changes, but the address of its pictures names no chain, and another may come to stand there. */
const FOR_AN_HOUR = "public, max-age=3600";

export function registerBriefRoutes(app: App, { db }: ApiDeps): void {
  app.get(
    "/api/v1/briefs",
    {
      schema: {
        summary: "List the briefs of days, newest first",
        tags: ["briefs"],
        querystring: listBriefsQuery,
        response: { 200: briefList, 400: problem },
      },
    },
    async ({ query }) => {
      const before = query.pageToken === undefined ? undefined : dayOfToken(query.pageToken);
      const rows = await listBriefs(db, { limit: query.pageSize + 1, before });
      const { page, nextPageToken } = pageOf(rows, query.pageSize, ({ brief: { day } }) => spanOfDay(day)?.from ?? 0);
      return {
        briefs: page.map(presentBriefLine),
        nextPageToken,
        nextPageUrl: nextPageUrl("/api/v1/briefs", query, nextPageToken),
      };
    },
  );

  app.get(
    "/api/v1/briefs/:date",
    {
      schema: {
        summary: "The brief of a day, with where its insights stand now; .md and .html give it as a text",
        tags: ["briefs"],
        params,
        response: { 200: brief, 400: problem, 404: problem },
      },
    },
    async ({ params: { date } }) => {
      const stored = await getBrief(db, date);
      return presentBrief(stored, await standingsOf(db, stored));
    },
  );
  registerTexts(app, db);
  registerPictures(app, db);
}

/** The texts, and the permanent link with the page. */
function registerTexts(app: App, db: Database): void {
  const schema = { tags: ["briefs"], params, response: { 200: z.string(), 400: problem, 404: problem } };
  app.get(
    "/api/v1/briefs/:date.md",
    { schema: { ...schema, summary: "The brief of a day as Markdown", produces: ["text/markdown"] } },
    async ({ params: { date }, protocol, host }, reply) => {
      const stored = await getBrief(db, date);
      const pictureUrl = (number: number): string => `${protocol}://${host}${pathOfPicture(date, number, "png")}`;
      const text = writeBriefMarkdown(stored, await standingsOf(db, stored), { pictureUrl });
      return reply.type("text/markdown; charset=utf-8").send(text);
    },
  );
  app.get(
    "/api/v1/briefs/:date.html",
    { schema: { ...schema, summary: "The brief of a day as a page", produces: ["text/html"] } },
    async ({ params: { date } }, reply) => reply.type(HTML).send(withStyleNonce(await writePage(db, date), reply)),
  );
  app.get("/briefs/:date", { schema: { ...schema, hide: true } }, async ({ params: { date } }, reply) =>
    reply.type(HTML).send(withStyleNonce(await writePage(db, date), reply)),
  );
  app.get("/briefs", { schema: { hide: true } }, async (_request, reply) => {
    const [newest] = await listBriefs(db, { limit: 1 });
    if (newest === undefined) throw new AppError("API_BRIEF_NOT_FOUND", "no brief is published yet");
    return reply.redirect(pathOfBrief(newest.brief.day));
  });
}

async function writePage(db: Database, date: string): Promise<string> {
  const stored = await getBrief(db, date);
  const { before, after } = await findBriefNeighbours(db, date);
  const wayTo = (name: string, day: string | null) => (day === null ? [] : [{ name, url: pathOfBrief(day) }]);
  return writeBriefHtml(stored, await standingsOf(db, stored), {
    ways: [
      { name: "utxoIQ", url: "/dashboard" },
      ...wayTo("The day before", before),
      ...wayTo("The day after", after),
      ...(after === null ? [] : [{ name: "The newest", url: "/briefs" }]),
      { name: "As a feed", url: "/feeds/briefs.atom" },
    ],
    pictureUrl: (number) => pathOfPicture(date, number, "svg"),
    insightUrl: (id) => `/insights/${id}`,
  });
}

function registerPictures(app: App, db: Database): void {
  const pictures = new PictureCache();
  const refusals = { 400: problem, 404: problem };
  const basics = { tags: ["briefs"], params: pictureParams };
  app.get(
    "/api/v1/briefs/:date/pictures/:number.svg",
    {
      schema: {
        ...basics,
        summary: "The picture of an event of a brief, counted from 1",
        produces: ["image/svg+xml"],
        response: { 200: z.string(), ...refusals },
      },
    },
    async ({ params: { date, number } }, reply) => {
      const { svg } = drawnOf(pictures, await getBrief(db, date), number);
      return reply
        .type("image/svg+xml")
        .header("cache-control", FOR_AN_HOUR)
        .send(await svg());
    },
  );
  app.get(
    "/api/v1/briefs/:date/pictures/:number.png",
    {
      schema: {
        ...basics,
        summary: "The same as PNG",
        produces: ["image/png"],
        response: { 200: z.unknown(), ...refusals },
      },
    },
    async ({ params: { date, number } }, reply) => {
      const { png } = drawnOf(pictures, await getBrief(db, date), number);
      return reply
        .type("image/png")
        .header("cache-control", FOR_AN_HOUR)
        .send(Buffer.from(await png()));
    },
  );
}

async function getBrief(db: Database, day: string): Promise<StoredBrief> {
  const stored = await findBrief(db, day);
  if (stored === undefined) throw new AppError("API_BRIEF_NOT_FOUND", `no brief of ${day} is published`);
  return stored;
}

function standingsOf(db: Database, stored: StoredBrief): ReturnType<typeof readStandings> {
  return readStandings(db, idsOfBrief(stored));
}

/** The last second that a day can be told of, in the year 9999. */
const LAST_SECOND = 253_402_300_799;

function dayOfToken(token: string): string {
  return dayOf(Math.min(decodePageToken(token), LAST_SECOND));
}

/** @throws AppError where the brief has no such item, or its event no picture */
function drawnOf(pictures: PictureCache, { brief }: StoredBrief, number: number): Drawn {
  const item = brief.items[number - 1];
  const picture = item?.picture ?? null;
  if (item === undefined || picture === null)
    throw new AppError("API_BRIEF_NOT_FOUND", `the brief of ${brief.day} has no picture ${number}`);
  const title = { headline: item.insight.headline, network: brief.network, simulated: brief.simulated };
  return pictures.get(`${brief.day} ${number}`, async () => ({ picture, title }));
}
