import { randomUUID } from "node:crypto";
import compress from "@fastify/compress";
import websocket from "@fastify/websocket";
import fastify, { LogController } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { invariant } from "#lib";
import type { ApiDeps, App } from "./app-types.ts";
import { answerBrokenRequest } from "./answer-broken-request.ts";
import { answerProblems, setProblemAnswers } from "./answer-problems.ts";
import { allowOrigins } from "./allow-origins.ts";
import { countDenials } from "./count-denials.ts";
import { authorize } from "./authorize.ts";
import { permissionOf } from "./permissions.ts";
import { keepAnswers } from "./keep-answers.ts";
import { logRefusals } from "./log-refusals.ts";
import { keepFromGuests } from "./keep-from-guests.ts";
import { describeRoutes } from "./openapi/describe-routes.ts";
import { protectPages } from "./protect-pages.ts";
import { refuseAsOf } from "./refuse-as-of.ts";
import { refuseLongAddress, refuseWhileStopping } from "./refuse-request.ts";
import { refuseForeignHost } from "./refuse-foreign-host.ts";
import { registerAccountRoutes } from "./routes/accounts/account.ts";
import { registerApiKeyRoutes } from "./routes/accounts/api-keys.ts";
import { registerTierRoutes } from "./routes/accounts/tiers.ts";
import { registerTokenRoutes } from "./routes/accounts/tokens.ts";
import { rememberAnswers } from "./remember-answers.ts";
import { registerAuditRoutes } from "./routes/audit.ts";
import { repeatSafely } from "./repeat-safely.ts";
import { refuseZeroByte, refuseZeroByteInBody } from "./refuse-zero-byte.ts";
import { registerBackfillRoutes } from "./routes/backfills.ts";
import { registerBlockRoutes } from "./routes/blocks.ts";
import { registerBriefRoutes } from "./routes/briefs.ts";
import { registerDashboardRoutes } from "./routes/dashboard.ts";
import { registerEsploraRoutes } from "./routes/esplora.ts";
import { registerEventRoutes } from "./routes/events.ts";
import { registerFeedRoutes } from "./routes/feeds.ts";
import { registerFeedbackRoutes } from "./routes/feedback.ts";
import { registerGlassnodeRoutes } from "./routes/glassnode.ts";
import { registerExplanationRoute } from "./routes/insight-explanation.ts";
import { registerInsightPage } from "./routes/insight-page.ts";
import { registerInsightRoutes } from "./routes/insights.ts";
import { registerLabelRoutes } from "./routes/labels.ts";
import { registerMcpRoutes } from "./routes/mcp.ts";
import { registerMempoolRoutes } from "./routes/mempool.ts";
import { registerModerationRoutes } from "./routes/moderation.ts";
import { registerMonitoringRoutes } from "./routes/monitoring.ts";
import { registerOwnDataRoutes } from "./routes/accounts/own-data.ts";
import { registerMethodRoutes } from "./routes/accounts/methods.ts";
import { registerPasskeyRoutes } from "./routes/accounts/passkeys.ts";
import { registerPeopleRoutes } from "./routes/accounts/people.ts";
import { registerPredictionRoutes } from "./routes/predictions.ts";
import { registerSetupRoutes } from "./routes/setup.ts";
import { registerProviderRoutes } from "./routes/accounts/providers.ts";
import { registerSecondFactorRoutes } from "./routes/accounts/second-factor.ts";
import { registerSignInRoutes } from "./routes/accounts/sign-in.ts";
import { registerSessionRoutes } from "./routes/accounts/session.ts";
import { registerReferenceRoutes } from "./routes/reference.ts";
import { registerSeriesRoutes } from "./routes/series.ts";
import { registerMetricsRoutes } from "./routes/system-metrics.ts";
import { registerTelemetry } from "./routes/telemetry.ts";
import { registerSignalRoutes } from "./routes/signals.ts";
import { shedLoad } from "./shed-load.ts";
import { registerStreamRoutes } from "./routes/streams.ts";

/** What a client has to say on a stream is short. */
const MOST_BYTES_OF_A_MESSAGE = 4_096;

/** For a request to be here as a whole, and its headers. */
const WHOLE_REQUEST_MS = 10_000;
const HEADERS_MS = 5_000;

/** The web server with all its routes, not yet listening. */
export async function buildApp(deps: ApiDeps): Promise<App> {
  const logRefusal = logRefusals(deps.logger);
  const answerProblem = answerProblems(logRefusal);
  const app: App = fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 64 * 1024,
    // One that no other process, and none before, has given: the audit log names it. (Node draws many of these at once.)
    genReqId: () => randomUUID(),
    trustProxy: deps.trustedProxies.length > 0 && [...deps.trustedProxies],
    routerOptions: { maxParamLength: 200 },
    requestTimeout: WHOLE_REQUEST_MS,
    // Whoever sends a request letter by letter holds a connection no longer than this; Node looks at them each half minute.
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: "idle",
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest(logRefusal),
    // What fails before a route is found (an address that cannot be decoded) is answered in the same form.
    frameworkErrors: (error, request, reply) => void answerProblem(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  requirePermissions(app);
  setProblemAnswers(app, deps.webRoot, answerProblem);
  await registerPlugins(app, deps);
  // After the plugins: only then is the socket of an upgrade that is refused closed. No plugin has routes of its own.
  app.addHook("onRequest", refuseForeignHost(deps.host, new URL(deps.accounts.publicUrl).hostname));
  app.addHook("onRequest", refuseLongAddress);
  app.addHook("onRequest", refuseZeroByte);
  app.addHook("preValidation", refuseZeroByteInBody);
  app.addHook("preValidation", refuseAsOf);
  allowOrigins(app, deps.corsOrigins ?? []);
  app.decorate("isPublicByTls", deps.accounts.publicUrl.startsWith("https:"));
  app.decorateRequest("actor", null as never);
  app.decorateRequest("permissions", null as never);
  app.addHook("onRequest", authorize(deps));
  app.addHook("onSend", keepFromGuests(deps.guests));
  app.decorateReply("deniedCode", undefined);
  const denials = countDenials(deps.db, deps.logger);
  app.addHook("onResponse", denials.count);
  app.addHook("onClose", denials.stop);
  keepAnswers(app);
  registerTelemetry(app, deps);
  repeatSafely(app, deps);
  const { answers, streams } = deps;
  if (answers !== undefined) rememberAnswers(app, answers, () => streams.hub.lastId);
  registerInsightRoutes(app, deps);
  registerExplanationRoute(app, deps);
  registerPredictionRoutes(app, deps);
  registerBriefRoutes(app, deps);
  registerFeedRoutes(app, deps);
  registerBlockRoutes(app, deps);
  registerSignalRoutes(app, deps);
  registerSeriesRoutes(app, deps);
  registerLabelRoutes(app, deps);
  registerMempoolRoutes(app, deps);
  registerMonitoringRoutes(app, deps);
  registerBackfillRoutes(app, deps);
  registerMetricsRoutes(app, deps);
  registerSetupRoutes(app, deps);
  registerStreamRoutes(app, deps);
  registerEventRoutes(app, deps);
  registerSessionRoutes(app, deps);
  registerSignInRoutes(app, deps);
  registerAccountRoutes(app, deps);
  registerOwnDataRoutes(app, deps);
  registerProviderRoutes(app, deps);
  registerSecondFactorRoutes(app, deps);
  registerMethodRoutes(app, deps);
  registerPasskeyRoutes(app, deps);
  registerApiKeyRoutes(app, deps);
  registerTokenRoutes(app, deps);
  registerTierRoutes(app, deps);
  registerPeopleRoutes(app, deps);
  registerFeedbackRoutes(app, deps);
  registerModerationRoutes(app, deps);
  registerAuditRoutes(app, deps);
  registerEsploraRoutes(app, deps);
  registerGlassnodeRoutes(app, deps);
  registerMcpRoutes(app);
  registerReferenceRoutes(app);
  registerInsightPage(app, deps);
  await registerDashboardRoutes(app, deps);
  return app;
}

async function registerPlugins(app: App, deps: ApiDeps): Promise<void> {
  await protectPages(app);
  refuseWhileStopping(app);
  await shedLoad(app);
  await app.register(compress);
  await app.register(websocket, { options: { maxPayload: MOST_BYTES_OF_A_MESSAGE } });
  await describeRoutes(app, deps);
}

/** Closed by default: a route that the table does not name keeps the server from starting. */
function requirePermissions(app: App): void {
  app.addHook("onRoute", ({ method, url }) => {
    for (const name of [method].flat()) {
      invariant(permissionOf(name, url) !== undefined, `route ${name} ${url} has no permission in permissions.ts`);
    }
  });
}
