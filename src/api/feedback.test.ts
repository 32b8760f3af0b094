import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawSecrets } from "#auth";
import {
  auditList,
  comment,
  commentList,
  type Feedback,
  feedback,
  feedbackList,
  insightList,
  moderationList,
  problem,
} from "#contract";
import { createLogger } from "#lib";
import { claimChain, listEvents, saveBlocks } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { presentEvent } from "./present.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const secrets = drawSecrets();
const logger = createLogger(undefined, "silent");
const OPERATOR = { authorization: `Bearer ${secrets.operatorToken}` };
let api: RunningApi;
let insightId = "";

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(2));
  api = await startApi({ db, connection, logger, host: "127.0.0.1", port: 0, webRoot: "/none", secrets });
  const { body } = await person()("GET", "/api/v1/insights");
  insightId = insightList.parse(body).insights[0]?.id ?? "";
});

afterAll(() => api.stop());

type Answer = { readonly status: number; readonly body: unknown };
type Person = (method: string, path: string, sent?: unknown) => Promise<Answer>;

/** Keeps the cookie that it is given, as a browser does. */
function person(headers: Readonly<Record<string, string>> = {}): Person {
  let cookie = "";
  return async (method, path, sent) => {
    const json = sent === undefined ? {} : { "content-type": "application/json" };
    const options = {
      method,
      headers: { ...headers, ...json, cookie },
      body: sent === undefined ? null : JSON.stringify(sent),
    };
    const response = await fetch(`${api.url}${path}`, options);
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };
}

const at = (what: string): string => `/api/v1/feedback/insights/${insightId}/${what}`;
const rated = ({ body }: Answer): Feedback => feedback.parse(body);

describe("ratings", () => {
  test("count once a person, can be changed and withdrawn, and are the same in every list", async () => {
    const [ann, bob] = [person(), person()];
    expect(rated(await ann("GET", at("stats")))).toMatchObject({
      ratings: { count: 0, average: null, distribution: [0, 0, 0, 0, 0] },
      mine: { stars: null, flags: [] },
    });
    await ann("POST", at("rate"), { stars: 2 });
    expect(rated(await ann("POST", at("rate"), { stars: 5 }))).toMatchObject({
      ratings: { count: 1, average: 5, distribution: [0, 0, 0, 0, 1] },
      mine: { stars: 5 },
    });
    const both = rated(await bob("POST", at("rate"), { stars: 4 }));
    expect(both).toMatchObject({ ratings: { count: 2, average: 4.5 }, mine: { stars: 4 } });
    const { body } = await ann("GET", `/api/v1/feedback/stats?ids=${insightId},${"0".repeat(32)}`);
    expect(feedbackList.parse(body).feedback).toMatchObject([
      { insightId, ratings: { count: 2 }, mine: { stars: 5 } },
      { insightId: "0".repeat(32), ratings: { count: 0 } },
    ]);
    expect(rated(await ann("DELETE", at("rate")))).toMatchObject({ ratings: { count: 1 }, mine: { stars: null } });
    expect(rated(await bob("GET", at("stats")))).toMatchObject({ ratings: { count: 1, average: 4 } });
  });

  test("are told to everyone who listens, without who rated", async () => {
    const events = await listEvents(db, { after: 0, limit: 100 });
    const told = events.map(presentEvent).filter(({ type }) => type === "feedback.updated");
    expect(told.map(({ data }) => data)).toMatchObject([
      { insightId, ratings: { count: 1, average: 2 } },
      { ratings: { average: 5 } },
      { ratings: { count: 2 } },
      { ratings: { count: 1, average: 4 } },
    ]);
    expect(JSON.stringify(told)).not.toContain("mine");
  });

  test("are never overwritten", async () => {
    const [row] = await query(db, "SELECT count(*)::integer AS count FROM insight_ratings");
    expect(row).toEqual({ count: 4 });
    await expect(query(db, "UPDATE insight_ratings SET stars = 1")).rejects.toThrow("append-only");
  });
});

test("of many at once each counts", async () => {
  const people = Array.from({ length: 12 }, person);
  const before = rated(await person()("GET", at("stats"))).ratings.count;
  await Promise.all(people.map((one, index) => one("POST", at("rate"), { stars: 1 + (index % 5) })));
  const events = await listEvents(db, { after: 0, limit: 1_000 });
  const counts = events.flatMap((event) =>
    event.type === "feedback.updated" ? [event.data.distribution.reduce((sum, count) => sum + count, 0)] : [],
  );
  // Each event tells one more than the one before, though all were under way together.
  expect(counts.slice(-12)).toEqual(people.map((_, index) => before + index + 1));
});

describe("comments", () => {
  test("are listed newest first, page by page, and tell nobody's id", async () => {
    const [ann, bob] = [person(), person()];
    const text = "Coins of the pool,\nmoved <b>late</b>";
    const first = await ann("POST", at("comment"), { text: `  ${text} ` });
    expect(first.status).toBe(201);
    expect(comment.parse(first.body)).toMatchObject({ text, mine: true, hidden: false });
    await ann("POST", at("comment"), { text: "second" });
    await bob("POST", at("comment"), { text: "third" });
    const newest = commentList.parse((await bob("GET", `${at("comments")}?pageSize=2`)).body);
    expect(newest.comments.map(({ text: said, mine }) => [said, mine])).toEqual([
      ["third", true],
      ["second", false],
    ]);
    const rest = commentList.parse((await bob("GET", newest.nextPageUrl ?? "")).body);
    expect(rest).toMatchObject({ comments: [{ text }], nextPageUrl: null });
    expect(rest.comments[0]?.author).toBe(newest.comments[1]?.author);
    expect(rest.comments[0]?.author).not.toBe(newest.comments[0]?.author);
    expect(rated(await ann("GET", at("stats")))).toMatchObject({ comments: 3 });
  });

  test("are hidden and shown again by the operator alone", async () => {
    const [reader, operator] = [person(), person(OPERATOR)];
    const list = async (who: Person) => commentList.parse((await who("GET", at("comments"))).body).comments;
    const [newest] = await list(reader);
    const hide = `/api/v1/feedback/comments/${newest?.id}/hide`;
    expect((await reader("POST", hide, { hidden: true })).status).toBe(401);
    expect((await operator("POST", hide, { hidden: true, reason: "an advertisement" })).status).toBe(204);
    expect((await list(reader)).map(({ id }) => id)).not.toContain(newest?.id);
    expect((await list(operator))[0]).toMatchObject({ id: newest?.id, hidden: true, hiddenReason: "an advertisement" });
    expect(rated(await reader("GET", at("stats")))).toMatchObject({ comments: 2 });
    await operator("POST", hide, { hidden: false });
    expect(await list(reader)).toHaveLength(3);
    const { body } = await operator("GET", "/api/v1/audit?pageSize=2");
    expect(auditList.parse(body).entries.map(({ action, role }) => [action, role])).toEqual([
      ["feedback.show-comment", "operator"],
      ["feedback.hide-comment", "operator"],
    ]);
    expect(
      problem.parse((await operator("POST", "/api/v1/feedback/comments/999/hide", { hidden: true })).body),
    ).toMatchObject({ code: "API_COMMENT_NOT_FOUND" });
  });
});

test("flags count once a person, and the operator reads why", async () => {
  const [ann, bob, operator] = [person(), person(), person(OPERATOR)];
  await ann("POST", at("flag"), { reason: "spam" });
  expect(rated(await ann("POST", at("flag"), { reason: "inaccurate", details: "the pool is another" }))).toMatchObject({
    flags: 1,
    mine: { flags: ["inaccurate", "spam"] },
  });
  expect(rated(await bob("POST", at("flag"), { reason: "other" }))).toMatchObject({ flags: 2 });
  const { flags } = moderationList.parse((await operator("GET", "/api/v1/feedback/moderation")).body);
  expect(flags.map(({ reason, details }) => [reason, details])).toEqual([
    ["other", null],
    ["inaccurate", "the pool is another"],
    ["spam", null],
  ]);
});

// The operator may write as often as the tests do.
describe("what is no feedback", () => {
  test.each([
    ["rate", {}],
    ["rate", { stars: 0 }],
    ["rate", { stars: 6 }],
    ["rate", { stars: 2.5 }],
    ["rate", { stars: "5" }],
    ["rate", { stars: 5, personId: "another" }],
    ["comment", { text: " \n " }],
    ["comment", { text: "a".repeat(1_001) }],
    ["comment", { text: "bell \u0007" }],
    ["comment", { text: "reversed \u202E txt" }],
    ["flag", { reason: "boring" }],
    ["flag", { reason: "spam", details: "a".repeat(1_001) }],
  ])("%s %j is refused, and nothing is kept", async (what, body) => {
    const before = await query(db, "SELECT count(*) FROM audit_entries");
    const answer = await person(OPERATOR)("POST", at(what), body);
    expect(problem.parse(answer.body)).toMatchObject({ status: 400, code: "API_BAD_REQUEST" });
    expect(await query(db, "SELECT count(*) FROM audit_entries")).toEqual(before);
  });

  test("a comment of a thousand characters, each of several units, is one", async () => {
    expect((await person(OPERATOR)("POST", at("comment"), { text: "\u{1F9C0}".repeat(1_000) })).status).toBe(201);
  });

  test.each(["rate", "comment", "flag"])("%s of an insight that is not there", async (what) => {
    const body = { rate: { stars: 1 }, comment: { text: "x" }, flag: { reason: "spam" } }[what];
    const { body: answer } = await person(OPERATOR)(
      "POST",
      `/api/v1/feedback/insights/${"0".repeat(32)}/${what}`,
      body,
    );
    expect(problem.parse(answer)).toMatchObject({ status: 404, code: "API_INSIGHT_NOT_FOUND" });
  });
});
