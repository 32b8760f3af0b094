import type { FastifyRequest } from "fastify";
import { sealText } from "#auth";
import { problem, setup } from "#contract";
import { AppError, messageOf } from "#lib";
import { access, type commands } from "#store";
import type { App, ApiDeps } from "../app-types.ts";
import { askIngest } from "../ask-ingest.ts";
import { auditBasics } from "../audit-basics.ts";
import { clientNetwork } from "../client-network.ts";
import { countOne } from "../count-one.ts";
import { readSetup } from "../read-setup.ts";

const tags = ["setup"];
const refused = { 400: problem, 401: problem, 403: problem, 429: problem, 503: problem };

/** Times that somebody may have an address asked. */
const TESTS = { quota: 20, windowSeconds: 60 };

/** As long as a node may take to answer; whoever reads blocks asks it. */
const WITHIN_MS = 10_000;

/** Of whoever reads blocks: it is not there, or says nothing. What else goes wrong is about the source. */
const SILENT: readonly string[] = ["STORE_COMMAND_EXPIRED", "STORE_COMMAND_UNANSWERED"];

/**
 * Where blocks come from: tested, chosen, and how far reading is. The address is asked by the process that reads
 * blocks, which may reach what this one does not; it may be any, so only who operates the program may name one.
 */
export function registerSetupRoutes(app: App, deps: ApiDeps): void {
  const { db } = deps;
  app.get(
    "/api/v1/setup",
    {
      schema: {
        summary: "Which source is read and which was chosen, and how far reading is",
        tags,
        response: { 200: setup.setupState, 401: problem, 403: problem, 503: problem },
      },
    },
    () => {
      return readSetup(db);
    },
  );
  app.post(
    "/api/v1/setup/test",
    {
      // It changes nothing; how often somebody may have others asked is counted below.
      config: { onlyReads: true },
      schema: {
        summary: "Ask a node, or another source, whether blocks can be read from it",
        tags,
        body: setup.testSourceBody,
        response: { 200: setup.sourceTest, ...refused },
      },
    },
    async (request) => {
      await refuseBeyond(deps, request);
      const sealedSource = seal(deps, request.body.source);
      const question = { kind: "source.test", arguments: { sealedSource }, ...askedBy(request) } as const;
      try {
        const tried = await askIngest(db, question, request.signal);
        return { ok: true, message: `${tried.description}${tipOf(tried)}`, code: null, tried };
      } catch (error) {
        if (!(error instanceof AppError) || SILENT.includes(error.code)) throw error;
        return { ok: false, message: error.message, code: error.code, tried: null };
      }
    },
  );
  registerChoice(app, deps);
}

function registerChoice(app: App, deps: ApiDeps): void {
  app.put(
    "/api/v1/setup/source",
    {
      schema: {
        summary: "Read blocks from there, now and after each start",
        tags,
        body: setup.chooseSourceBody,
        response: { 200: setup.chosenSource, 409: problem, ...refused },
      },
    },
    async (request) => {
      const { source, startHeight = null } = request.body;
      const given = { sealedSource: seal(deps, source), startHeight };
      const question = { kind: "source.use", arguments: given, ...askedBy(request) } as const;
      const chosen = await askForChoice(deps, question, request);
      const details = { source: chosen.source, startHeight: chosen.startHeight };
      await access.appendAudit(deps.db, {
        ...auditBasics(request),
        action: "setup.choose-source",
        target: "source",
        details,
      });
      return chosen;
    },
  );
}

type Choice = Parameters<typeof commands.askCommand<"source.use">>[1];

/** What is wrong with the source is what is wrong with the request. */
async function askForChoice({ db }: ApiDeps, question: Choice, { signal }: FastifyRequest) {
  try {
    return await askIngest(db, question, signal);
  } catch (error) {
    if (!(error instanceof AppError) || SILENT.includes(error.code)) throw error;
    throw new AppError("API_SOURCE_REFUSED", messageOf(error), { cause: error });
  }
}

async function refuseBeyond({ db }: ApiDeps, { actor, ip }: FastifyRequest): Promise<void> {
  const { allowed, resetSeconds } = await countOne(db, `tests of ${actor.personId ?? clientNetwork(ip)}`, TESTS);
  if (allowed) return;
  const details = { retryAfterSeconds: resetSeconds };
  throw new AppError("API_TOO_MANY_REQUESTS", `too much was tried; try again in ${resetSeconds} s`, { details });
}

function seal({ secrets }: ApiDeps, source: string): string {
  return sealText(secrets.instanceKey, "setting", source);
}

function askedBy({ actor }: FastifyRequest) {
  return { actor: actor.role === "operator" ? "the operator" : "an administrator", withinMs: WITHIN_MS };
}

function tipOf({ tipHeight }: commands.TriedSource): string {
  return tipHeight === null ? "" : `, at block ${tipHeight.toLocaleString("en-US")}`;
}
