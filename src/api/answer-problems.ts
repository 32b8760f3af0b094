import type { FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { AppError } from "#lib";
import type { App } from "./app-types.ts";
import { problemOf, toAppError } from "./errors.ts";
import type { LogRefusal } from "./log-refusals.ts";
import { withNonce } from "./nonce.ts";
import { methodsOfPaths } from "./methods-of-paths.ts";
import { readPage } from "./read-page.ts";
import { wantsPage } from "./routes/dashboard.ts";

/** What may well be different a moment later. */
const PASSING: readonly number[] = [429, 503];
/** Where nothing better is known. */
const RETRY_AFTER_SECONDS = 5;

export type AnswerProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

export function answerProblems(logRefusal: LogRefusal): AnswerProblem {
  return (error, request, reply) => {
    const known = toAppError(error);
    const fields = hasZodFastifySchemaValidationErrors(error)
      ? error.validation.map((issue) => ({ path: issue.instancePath, message: issue.message ?? "not valid" }))
      : undefined;
    const problem = problemOf(known, { instance: request.url, requestId: request.id }, fields);
    const wait =
      known.details["retryAfterSeconds"] ?? (PASSING.includes(problem.status) ? RETRY_AFTER_SECONDS : undefined);
    reply.deniedCode = known.code;
    // What was to be kept is not: this is no answer to the question.
    void reply.header("cache-control", "no-store");
    if (wait !== undefined && !reply.hasHeader("retry-after")) void reply.header("retry-after", String(wait));
    if (problem.status >= 500) {
      request.log.error({ err: error, requestId: request.id, path: request.url.split("?")[0] }, "request failed");
    } else logRefusal(problem, request.method);
    return reply.status(problem.status).type("application/problem+json").send(problem);
  };
}

/** What no route answers, and whatever a route throws. Before routes are added. */
export function setProblemAnswers(app: App, webRoot: string, answerProblem: AnswerProblem): void {
  const methodsOf = methodsOfPaths(app);
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?")[0];
    const methods = methodsOf(request);
    // A route itself may find that there is nothing: a file, say.
    if (methods.length > 0 && !methods.includes(request.method)) {
      void reply.header("allow", methods.join(", "));
      throw new AppError("API_METHOD_NOT_ALLOWED", `${path} has no ${request.method}: ask with ${methods.join(", ")}`);
    }
    if (wantsPage(request)) {
      const page = withNonce(await readPage(webRoot), reply);
      return reply.status(404).type("text/html; charset=utf-8").send(page);
    }
    throw new AppError("API_ROUTE_NOT_FOUND", `there is nothing at ${request.method} ${path}`);
  });
}
