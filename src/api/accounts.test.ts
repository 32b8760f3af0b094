import { Agent, fetch, type Headers } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createOperatorCode, drawSecrets } from "#auth";
import { accounts, auditList, denialList, insightList, problem, session, type Session } from "#contract";
import { createLogger } from "#lib";
import { claimChain, saveBlocks } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { storedChain } from "../../test/helpers/stored-blocks.ts";
import { type RunningApi, startApi } from "./start-api.ts";

const { db, connection } = await openTestDatabase();
const secrets = drawSecrets();
const letters: { readonly to: string; readonly subject: string; readonly text: string }[] = [];
const options = {
  db,
  connection,
  logger: createLogger(undefined, "silent"),
  host: "127.0.0.1",
  webRoot: "/none",
  secrets,
};
let api: RunningApi;
/** Another process on the same database, where nobody makes an account without an invitation and guests read insights alone. */
let other: RunningApi;

const PASSWORD = "correct horse battery";
const PROOF = { password: PASSWORD };
const ADMIN = { name: "Ada", email: "ada@example.org", password: PASSWORD };

beforeAll(async () => {
  await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
  await saveBlocks(db, storedChain(2));
  const mailed = {
    publicUrl: "http://localhost",
    sendLetter: async (letter: (typeof letters)[0]) => void letters.push(letter),
  };
  api = await startApi({ ...options, port: 0, accounts: { ...mailed, registration: "open" } });
  other = await startApi({ ...options, port: 0, guests: "feed", accounts: { ...mailed, registration: "invite" } });
  const operator = browser();
  await operator.get(`/operator?code=${createOperatorCode(secrets.instanceKey, Date.now() / 1_000)}`);
  expect(await sessionOf(operator)).toMatchObject({ role: "operator", person: null, hasAdmin: false });
  expect((await operator.send("POST", "/api/v1/auth/sign-up", ADMIN)).body).toEqual({ next: "signed-in" });
  expect(await sessionOf(operator)).toMatchObject({ role: "operator", person: { role: "admin" }, hasAdmin: true });
});

afterAll(async () => {
  await api.stop();
  await other.stop();
});

beforeEach(() => {
  letters.length = 0;
});

type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

let browsers = 0;

/** Keeps cookies, as a browser does, and has an address of its own: how much each may send is another test's. */
function browser(headers: Readonly<Record<string, string>> = {}) {
  browsers += 1;
  const dispatcher = new Agent({ localAddress: `127.0.2.${browsers}` });
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, sent?: unknown, at = api, more = {}): Promise<Answer> => {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const json = sent === undefined ? {} : { "content-type": "application/json" };
    const body = sent === undefined ? null : JSON.stringify(sent);
    const init = {
      method,
      headers: { ...headers, ...json, ...more, cookie },
      body,
      redirect: "manual",
      dispatcher,
    } as const;
    const response = await fetch(`${at.url.replace("localhost", "127.0.0.1")}${path}`, init);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const end = pair.indexOf("=");
      if (/max-age=0/i.test(line)) cookies.delete(pair.slice(0, end));
      else cookies.set(pair.slice(0, end), pair.slice(end + 1));
    }
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return { cookies, send, get: (path: string, at?: RunningApi) => send("GET", path, undefined, at) };
}

type Browser = ReturnType<typeof browser>;

async function sessionOf(of: Browser): Promise<Session> {
  return session.parse((await of.get("/api/v1/session")).body);
}

const codeOf = ({ body }: Answer): string => problem.parse(body).code;

/** What the link of the newest letter carries. */
function tokenOf(to: string): string {
  const letter = letters.findLast((one) => one.to === to);
  return decodeURIComponent(/#token=([^\s&]+)/.exec(letter?.text ?? "")?.[1] ?? "");
}

async function signedIn(email: string, password = PASSWORD): Promise<Browser> {
  const mine = browser();
  expect((await mine.send("POST", "/api/v1/auth/sign-in", { email, password })).status).toBe(200);
  return mine;
}

/** Somebody with a confirmed account. */
async function newMember(name: string): Promise<string> {
  const email = `${name}@example.org`;
  await browser().send("POST", "/api/v1/auth/sign-up", { name, email, password: PASSWORD });
  await expect.poll(() => tokenOf(email)).not.toBe("");
  expect((await browser().send("POST", "/api/v1/auth/verify-email", { token: tokenOf(email) })).status).toBe(204);
  return email;
}

describe("an account", () => {
  test("is made, confirmed by mail, signed in to and out of", async () => {
    const mine = browser();
    const account = { name: "Bob", email: "Bob@Example.org", password: PASSWORD };
    expect((await mine.send("POST", "/api/v1/auth/sign-up", account)).body).toEqual({ next: "confirm-email" });
    const early = await mine.send("POST", "/api/v1/auth/sign-in", { email: "bob@example.org", password: PASSWORD });
    expect(codeOf(early)).toBe("AUTH_EMAIL_UNVERIFIED");
    await expect.poll(() => tokenOf("bob@example.org")).not.toBe("");
    await mine.send("POST", "/api/v1/auth/verify-email", { token: tokenOf("bob@example.org") });
    const entered = await mine.send("POST", "/api/v1/auth/sign-in", { email: "BOB@example.org", password: PASSWORD });
    expect(entered.headers.getSetCookie()[0]).toMatch(/^utxoiq_session_[0-9a-f]{8}=\S+; .*HttpOnly; SameSite=Strict/);
    expect(await sessionOf(mine)).toMatchObject({ role: "member", person: { name: "Bob", email: "bob@example.org" } });
    const copied = browser();
    for (const [name, value] of mine.cookies) copied.cookies.set(name, value);
    expect(session.parse((await mine.send("DELETE", "/api/v1/session")).body)).toMatchObject({ role: "guest" });
    expect(mine.cookies.size).toBe(0);
    // The session itself has ended, not only its cookie.
    expect(await sessionOf(copied)).toMatchObject({ role: "guest", person: null });
  });

  test("ends the session that a browser had before when it signs in there again", async () => {
    const email = await newMember("bea");
    const mine = await signedIn(email);
    const copied = browser();
    for (const [name, value] of mine.cookies) copied.cookies.set(name, value);
    await mine.send("POST", "/api/v1/auth/sign-in", { email, password: PASSWORD });
    expect([(await sessionOf(mine)).role, (await sessionOf(copied)).role]).toEqual(["member", "guest"]);
  });

  test("is its owner's, whoever signed up with the address before, or after", async () => {
    const email = "owner@example.org";
    const signUp = (name: string, password: string) =>
      browser().send("POST", "/api/v1/auth/sign-up", { name, email, password });
    const confirm = (token: string) => browser().send("POST", "/api/v1/auth/verify-email", { token });
    const newToken = async (before: string) => {
      await expect.poll(() => tokenOf(email)).not.toBe(before);
      return tokenOf(email);
    };
    await signUp("Mallory", "a password of mallory");
    const first = await newToken("");
    await signUp("Owner", PASSWORD);
    const second = await newToken(first);
    expect(codeOf(await confirm(first))).toBe("AUTH_LINK_REFUSED");
    await signUp("Mallory", "a password of mallory");
    const third = await newToken(second);
    expect(codeOf(await confirm(second))).toBe("AUTH_LINK_REFUSED");
    await signUp("Owner", PASSWORD);
    expect((await confirm(await newToken(third))).status).toBe(204);
    expect((await signedIn(email)).cookies.size).toBeGreaterThan(0);
    const wrong = { email, password: "a password of mallory" };
    expect(codeOf(await browser().send("POST", "/api/v1/auth/sign-in", wrong))).toBe("AUTH_SIGN_IN_REFUSED");
  });

  test("is told of by nothing: neither who signs up nor who forgot a password hears whether there is one", async () => {
    const again = { name: "Mallory", email: ADMIN.email, password: PASSWORD };
    const fresh = { name: "Mallory", email: "nobody@example.org", password: PASSWORD };
    const [taken, free] = await Promise.all(
      [again, fresh].map((account) => browser().send("POST", "/api/v1/auth/sign-up", account)),
    );
    expect([taken?.status, taken?.body]).toEqual([free?.status, free?.body]);
    const [known, unknown] = await Promise.all(
      [ADMIN.email, "never@example.org"].map((email) =>
        browser().send("POST", "/api/v1/auth/reset-password/send", { email }),
      ),
    );
    expect([known?.status, known?.body]).toEqual([unknown?.status, unknown?.body]);
    const signIns = [ADMIN.email, "never@example.org"].map((email) =>
      browser().send("POST", "/api/v1/auth/sign-in", { email, password: "wrong password" }),
    );
    const [wrong, none] = (await Promise.all(signIns)).map(({ body }) => problem.omit({ requestId: true }).parse(body));
    expect(wrong).toEqual(none);
    await expect
      .poll(() => letters.map(({ to, subject }) => `${to}: ${subject}`).toSorted())
      .toEqual([
        "ada@example.org: Set a new password for utxoIQ",
        "ada@example.org: You have an account at utxoIQ",
        "nobody@example.org: Confirm your e-mail address for utxoIQ",
      ]);
  });

  test("gets a new password by a link that counts once, and everybody is signed out", async () => {
    const email = await newMember("carol");
    const mine = await signedIn(email);
    await browser().send("POST", "/api/v1/auth/reset-password/send", { email });
    await expect.poll(() => letters.at(-1)?.subject).toBe("Set a new password for utxoIQ");
    const sent = { token: tokenOf(email), password: "another long password" };
    const itself = { ...sent, password: "carol@example.org" };
    expect(codeOf(await browser().send("POST", "/api/v1/auth/reset-password", itself))).toBe("AUTH_WEAK_PASSWORD");
    expect((await browser().send("POST", "/api/v1/auth/reset-password", sent)).status).toBe(204);
    expect(codeOf(await browser().send("POST", "/api/v1/auth/reset-password", sent))).toBe("AUTH_LINK_REFUSED");
    expect(await sessionOf(mine)).toMatchObject({ role: "guest" });
    await signedIn(email, sent.password);
  });

  test.each([
    ["too short", "short"],
    ["one character over and over", "aaaaaaaaaaaaaaaa"],
    ["the address itself", "dave@example.org"],
  ])("takes no password that is %s", async (_name, password) => {
    const account = { name: "Dave", email: "dave@example.org", password };
    const answer = await browser().send("POST", "/api/v1/auth/sign-up", account);
    expect(answer.status).toBe(400);
  });

  test("changes its password with the present one alone, and only this session goes on", async () => {
    const email = await newMember("erin");
    const [here, there] = [await signedIn(email), await signedIn(email)];
    const wrong = { current: "not the password", password: "another long password" };
    expect(codeOf(await here.send("POST", "/api/v1/account/password", wrong))).toBe("AUTH_WRONG_PASSWORD");
    const right = { ...wrong, current: PASSWORD };
    const itself = { current: PASSWORD, password: "erin@example.org" };
    expect(codeOf(await here.send("POST", "/api/v1/account/password", itself))).toBe("AUTH_WEAK_PASSWORD");
    const key = { name: "k", scopes: ["feed"], ...PROOF };
    expect((await here.send("POST", "/api/v1/account/keys", key)).status).toBe(201);
    const keys = async () => accounts.keyList.parse((await here.get("/api/v1/account/keys")).body).keys.length;
    expect((await here.send("POST", "/api/v1/account/password", right)).status).toBe(204);
    expect(await keys()).toBe(1);
    const andKeys = { current: right.password, password: "one more long password", endKeys: true };
    expect((await here.send("POST", "/api/v1/account/password", andKeys)).status).toBe(204);
    expect(await keys()).toBe(0);
    expect([(await sessionOf(here)).role, (await sessionOf(there)).role]).toEqual(["member", "guest"]);
  });

  test("is not guessed by way of its own page: attempts at the present password are counted", async () => {
    const here = await signedIn(await newMember("emil"));
    const guess = { current: "not the password", password: "another long password" };
    const guesses = Array.from({ length: 8 }, () => here.send("POST", "/api/v1/account/password", guess));
    const codes = (await Promise.all(guesses)).map(codeOf);
    expect(codes.filter((code) => code === "AUTH_WRONG_PASSWORD")).toHaveLength(5);
    expect(codes.filter((code) => code === "AUTH_TOO_MANY_SIGN_INS")).toHaveLength(3);
  });

  test("lists its devices, signs one out, and all of them", async () => {
    const email = await newMember("frank");
    const [here, there] = [await signedIn(email), await signedIn(email)];
    const { sessions } = accounts.deviceList.parse((await here.get("/api/v1/account/sessions")).body);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    expect(sessions).toHaveLength(2);
    const elsewhere = sessions.find(({ current }) => !current)?.id ?? "";
    const admin = await signedIn(ADMIN.email);
    expect(codeOf(await admin.send("DELETE", `/api/v1/account/sessions/${elsewhere}`))).toBe("API_SESSION_NOT_FOUND");
    expect((await here.send("DELETE", `/api/v1/account/sessions/${elsewhere}`)).status).toBe(204);
    expect([(await sessionOf(here)).role, (await sessionOf(there)).role]).toEqual(["member", "guest"]);
    const made = await here.send("POST", "/api/v1/account/keys", { name: "k", scopes: ["feed"], ...PROOF });
    const program = browser({ authorization: `Bearer ${accounts.newKey.parse(made.body).key}` });
    expect((await program.get("/api/v1/insights")).status).toBe(200);
    // Whose it is, and how to write to them, is no affair of what it is for.
    expect(await sessionOf(program)).toMatchObject({ role: "member", person: null });
    expect((await here.send("DELETE", "/api/v1/account/sessions?keys=true")).status).toBe(204);
    expect((await program.get("/api/v1/insights")).status).toBe(401);
    expect((await sessionOf(here)).role).toBe("guest");
  });

  test("is left as it is by whoever shows the operator's token beside its cookie", async () => {
    const mine = await signedIn(await newMember("fred"));
    const authorization = `Bearer ${secrets.operatorToken}`;
    const asOperator = await mine.send("DELETE", "/api/v1/session", undefined, api, { authorization });
    expect(asOperator.status).toBe(200);
    expect((await sessionOf(mine)).role).toBe("member");
  });

  test("changes nothing of itself that only an administrator may", async () => {
    const mine = await signedIn(await newMember("grace"));
    for (const body of [{ role: "admin" }, { tier: "power" }, { emailVerified: true }, { email: "x@example.org" }]) {
      expect((await mine.send("PATCH", "/api/v1/account", body)).status, JSON.stringify(body)).toBe(400);
    }
    const changed = await mine.send("PATCH", "/api/v1/account", { name: "Grace H.", timeZone: "Europe/Berlin" });
    expect(accounts.person.parse(changed.body)).toMatchObject({ name: "Grace H.", role: "member", tier: "free" });
    const admin = { ...ADMIN, email: "new@example.org", role: "admin" };
    expect((await browser().send("POST", "/api/v1/auth/sign-up", admin)).status).toBe(400);
  });
});

test("feedback that was given before signing in is the account's afterwards, and nobody else's", async () => {
  const email = await newMember("heidi");
  const mine = browser();
  const { insights } = insightList.parse((await mine.get("/api/v1/insights")).body);
  const at = `/api/v1/feedback/insights/${insights[0]?.id}`;
  await mine.send("POST", `${at}/rate`, { stars: 4 });
  await mine.send("POST", `${at}/comment`, { text: "seen before" });
  await mine.send("POST", "/api/v1/auth/sign-in", { email, password: PASSWORD });
  expect((await mine.get(`${at}/stats`)).body).toMatchObject({ mine: { stars: 4 }, ratings: { count: 1 } });
  expect((await (await signedIn(email)).get(`${at}/stats`)).body).toMatchObject({ mine: { stars: 4 } });
  // The same person changes their stars: nobody is counted twice.
  expect((await mine.send("POST", `${at}/rate`, { stars: 2 })).body).toMatchObject({
    mine: { stars: 2 },
    ratings: { count: 1, average: 2 },
  });
  await mine.send("DELETE", "/api/v1/session");
  expect((await mine.get(`${at}/stats`)).body).toMatchObject({ mine: { stars: null } });
  expect((await mine.get(`${at}/comments`)).body).toMatchObject({ comments: [{ mine: false }] });
});

describe("who may sign up", () => {
  test("nobody where registration is closed, but whoever was invited, once", async () => {
    const stranger = { name: "Ivan", email: "ivan@example.org", password: PASSWORD };
    const refused = await browser().send("POST", "/api/v1/auth/sign-up", stranger, other);
    expect(codeOf(refused)).toBe("AUTH_REGISTRATION_CLOSED");
    const admin = await signedIn(ADMIN.email);
    await admin.send("POST", "/api/v1/invitations", { email: "judy@example.org", role: "analyst" });
    const { body } = await admin.get("/api/v1/invitations");
    expect(accounts.invitationList.parse(body).invitations).toMatchObject([{ email: "judy@example.org" }]);
    const invited = { name: "Judy", password: PASSWORD, invitation: tokenOf("judy@example.org") };
    // Somebody else who typed the address and cannot read its letters keeps nobody out.
    const squatter = { name: "Mallory", email: "judy@example.org", password: PASSWORD };
    expect((await browser().send("POST", "/api/v1/auth/sign-up", squatter)).status).toBeLessThan(300);
    const mine = browser();
    expect((await mine.send("POST", "/api/v1/auth/sign-up", invited, other)).body).toEqual({ next: "signed-in" });
    expect(await sessionOf(mine)).toMatchObject({ role: "analyst", person: { email: "judy@example.org" } });
    expect(codeOf(await browser().send("POST", "/api/v1/auth/sign-up", invited, other))).toBe("AUTH_LINK_REFUSED");
  });

  test("nobody with the address of an account that was confirmed, which stays", async () => {
    const email = await newMember("kenneth");
    const { person } = await sessionOf(await signedIn(email));
    const admin = await signedIn(ADMIN.email);
    await admin.send("POST", "/api/v1/invitations", { email, role: "admin", ...PROOF });
    const invited = { name: "Kenneth", password: PASSWORD, invitation: tokenOf(email) };
    expect(codeOf(await browser().send("POST", "/api/v1/auth/sign-up", invited, other))).toBe("AUTH_EMAIL_TAKEN");
    expect((await sessionOf(await signedIn(email))).person?.id).toBe(person?.id);
  });

  test("nobody by an invitation that is older than a week", async () => {
    const admin = await signedIn(ADMIN.email);
    await admin.send("POST", "/api/v1/invitations", { email: "late@example.org" });
    await query(
      db,
      "UPDATE invitations SET expires_at = expires_at - interval '7 days' WHERE email = 'late@example.org'",
    );
    const invited = { name: "Late", password: PASSWORD, invitation: tokenOf("late@example.org") };
    expect(codeOf(await browser().send("POST", "/api/v1/auth/sign-up", invited, other))).toBe("AUTH_LINK_REFUSED");
  });
});

describe("an administrator", () => {
  test("takes an invitation back", async () => {
    const admin = await signedIn(ADMIN.email);
    const sent = await admin.send("POST", "/api/v1/invitations", {
      email: "trudy@example.org",
      role: "admin",
      password: PASSWORD,
    });
    const path = `/api/v1/invitations/${accounts.invitation.parse(sent.body).id}`;
    expect((await admin.send("DELETE", path)).status).toBe(204);
    expect(codeOf(await admin.send("DELETE", path))).toBe("API_INVITATION_NOT_FOUND");
    const invited = { name: "Trudy", password: PASSWORD, invitation: tokenOf("trudy@example.org") };
    expect(codeOf(await browser().send("POST", "/api/v1/auth/sign-up", invited, other))).toBe("AUTH_LINK_REFUSED");
  });

  test("gives a role, which counts at once on every process, and keeps somebody out", async () => {
    const email = await newMember("kim");
    const mine = await signedIn(email);
    const admin = await signedIn(ADMIN.email);
    const { people } = accounts.personList.parse((await admin.get("/api/v1/people?q=kim@")).body);
    const path = `/api/v1/people/${people[0]?.id}`;
    expect((await mine.get("/api/v1/people")).status).toBe(403);
    // All power is not handed on by a browser that somebody left open.
    expect(codeOf(await admin.send("PATCH", path, { role: "admin" }))).toBe("AUTH_WRONG_PASSWORD");
    const invited = { email: "kims-friend@example.org", role: "admin" };
    expect(codeOf(await admin.send("POST", "/api/v1/invitations", invited))).toBe("AUTH_WRONG_PASSWORD");
    expect((await mine.get("/api/v1/people")).status).toBe(403);
    await admin.send("PATCH", path, { role: "admin", password: PASSWORD });
    expect((await mine.get("/api/v1/people", other)).status).toBe(200);
    // Kim, an administrator now, keeps a way in for later.
    const wayIn = { email: "kims-other@example.org", role: "admin", ...PROOF };
    expect((await mine.send("POST", "/api/v1/invitations", wayIn)).status).toBe(201);
    await admin.send("PATCH", path, { role: "member", blocked: true });
    const later = { name: "Kim", password: PASSWORD, invitation: tokenOf(wayIn.email) };
    expect(codeOf(await browser().send("POST", "/api/v1/auth/sign-up", later))).toBe("AUTH_LINK_REFUSED");
    expect((await mine.get("/api/v1/people", other)).status).toBe(401);
    const again = await mine.send("POST", "/api/v1/auth/sign-in", { email, password: PASSWORD });
    expect(codeOf(again)).toBe("AUTH_KEPT_OUT");
    const guess = await mine.send("POST", "/api/v1/auth/sign-in", { email, password: "another password" });
    expect(codeOf(guess)).toBe("AUTH_SIGN_IN_REFUSED");
    // No link helps them, so none is mailed; somebody else's comes meanwhile.
    await browser().send("POST", "/api/v1/auth/reset-password/send", { email });
    await browser().send("POST", "/api/v1/auth/reset-password/send", { email: ADMIN.email });
    await expect.poll(() => letters.map(({ to }) => to)).toContain(ADMIN.email);
    expect(letters.filter(({ to, subject }) => to === email && subject.startsWith("Set a new"))).toEqual([]);
    const { entries } = auditList.parse((await admin.get("/api/v1/audit?action=person.")).body);
    expect(new Set(entries.map(({ action }) => action.split(".")[0]))).toEqual(new Set(["person"]));
    expect(entries.find(({ action }) => action === "person.change")).toMatchObject({
      role: "admin",
      target: `person ${people[0]?.id}`,
      details: { blocked: true },
    });
  });

  test("sees who was refused what, many of the same as one", async () => {
    const mine = await signedIn(await newMember("ken"));
    const { person } = await sessionOf(mine);
    for (let count = 0; count < 3; count += 1) await mine.get("/api/v1/people");
    const admin = await signedIn(ADMIN.email);
    const refused = async () => denialList.parse((await admin.get("/api/v1/audit/denials")).body).denials;
    await expect
      .poll(async () => (await refused()).find(({ personId }) => personId === person?.id), { timeout: 10_000 })
      .toMatchObject({ role: "member", route: "GET /api/v1/people", code: "API_FORBIDDEN", count: 3 });
  });

  test("sees against whom somebody's password was guessed, and by which request; nobody's address is written down", async () => {
    const email = await newMember("vera");
    const { person } = await sessionOf(await signedIn(email));
    const guess = (at: string) =>
      browser().send("POST", "/api/v1/auth/sign-in", { email: at, password: "guess guess" });
    const { requestId } = problem.parse((await guess(email.toUpperCase())).body);
    await guess("nobody.here@example.org");
    // What is answered as a mistake, and what is refused by sending somebody on.
    await browser().send("POST", "/api/v1/auth/reset-password", { token: "forged", password: PASSWORD });
    const page = browser({ accept: "text/html" });
    for (const forged of ["/operator?code=abc.def", "/api/v1/auth/callback/oidc?code=1&state=forged"])
      expect((await page.get(forged)).status).toBe(303);
    const admin = await signedIn(ADMIN.email);
    const refused = async () =>
      denialList
        .parse((await admin.get("/api/v1/audit/denials?pageSize=200")).body)
        .denials.map((one) => one.lastTarget);
    await expect.poll(refused, { timeout: 10_000 }).toContain(`person ${person?.id}`);
    const { denials } = denialList.parse((await admin.get("/api/v1/audit/denials?pageSize=200")).body);
    const told = denials.find(({ lastTarget }) => lastTarget === `person ${person?.id}`);
    expect(told?.lastRequestId).toBe(requestId);
    expect(denials.map(({ lastTarget }) => lastTarget)).toContain("an address that has no account");
    expect(denials.map(({ route, code }) => `${route} ${code}`)).toEqual(
      expect.arrayContaining([
        "POST /api/v1/auth/reset-password AUTH_LINK_REFUSED",
        "GET /operator API_CODE_REFUSED",
        "GET /api/v1/auth/callback/:provider AUTH_SIGN_IN_REFUSED",
      ]),
    );
    expect(JSON.stringify(await query(db, "SELECT * FROM denials"))).not.toContain("@example.org");
  });

  test("cannot leave nobody to administer", async () => {
    const admin = await signedIn(ADMIN.email);
    const { person } = await sessionOf(admin);
    const answer = await admin.send("PATCH", `/api/v1/people/${person?.id}`, { role: "member" });
    expect(codeOf(answer)).toBe("API_LAST_ADMIN");
  });
});

test("where people come by TLS, the operator's cookie goes by it alone, whatever stands between", async () => {
  const accountsOf = {
    publicUrl: "https://iq.example.org",
    registration: "closed",
    sendLetter: async () => {},
  } as const;
  const behind = await startApi({ ...options, port: 0, accounts: accountsOf });
  try {
    const code = createOperatorCode(secrets.instanceKey, Date.now() / 1_000);
    const { headers } = await browser().get(`/operator?code=${code}`, behind);
    expect(headers.getSetCookie()[0]).toMatch(/; Secure$/);
  } finally {
    await behind.stop();
  }
});

test("a file has as many insights as the tier says, where not everything is open to everybody", async () => {
  const path = "/api/v1/insights/export?format=csv";
  const email = await newMember("xena");
  const mine = await signedIn(email);
  const admin = await signedIn(ADMIN.email);
  const all =
    String((await mine.get(path)).body)
      .trim()
      .split("\n").length - 1;
  await admin.send("PATCH", "/api/v1/tiers/free", { exportedInsights: all - 1 });
  expect([codeOf(await mine.get(path, other)), codeOf(await browser().get(path, other))]).toEqual([
    "API_EXPORT_TOO_LARGE",
    "API_EXPORT_TOO_LARGE",
  ]);
  expect((await mine.get(path)).status).toBe(200);
  expect((await mine.get(`${path}&toHeight=0`, other)).status).toBe(200);
  const { people } = accounts.personList.parse((await admin.get("/api/v1/people?q=xena@")).body);
  await admin.send("PATCH", `/api/v1/people/${people[0]?.id}`, { tier: "pro" });
  expect((await mine.get(path, other)).status).toBe(200);
  await admin.send("PATCH", "/api/v1/tiers/free", { exportedInsights: 1_000 });
});

describe("a key", () => {
  const bearer = (key: string) => browser({ authorization: `Bearer ${key}` });

  async function withKey(name: string) {
    const mine = await signedIn(await newMember(name));
    const sent = { name: "script", scopes: ["chain"], password: PASSWORD };
    const made = accounts.newKey.parse((await mine.send("POST", "/api/v1/account/keys", sent)).body);
    return { mine, made };
  }

  test("is told once, and dead on every process as soon as it is revoked", async () => {
    const { mine, made } = await withKey("lena");
    const program = bearer(made.key);
    expect(made.key.startsWith(`${made.prefix}_`)).toBe(true);
    expect((await program.get("/api/v1/blocks", other)).status).toBe(200);
    const listed = await mine.get("/api/v1/account/keys");
    expect(accounts.keyList.parse(listed.body).keys).toMatchObject([{ id: made.id, scopes: ["chain"] }]);
    expect(JSON.stringify(listed.body)).not.toContain(made.key);
    expect((await mine.send("DELETE", `/api/v1/account/keys/${made.id}`)).status).toBe(204);
    const dead = await Promise.all([api, other].map((at) => program.get("/api/v1/blocks", at)));
    expect(dead.map(({ status }) => status)).toEqual([401, 401]);
    expect(codeOf(await mine.send("DELETE", `/api/v1/account/keys/${made.id}`))).toBe("AUTH_NO_SUCH_KEY");
  });

  test("gives its place to another, and both count meanwhile", async () => {
    const { mine, made } = await withKey("mona");
    const rotate = (id: string, sent: unknown = PROOF) => mine.send("POST", `/api/v1/account/keys/${id}/rotate`, sent);
    expect(codeOf(await rotate(made.id, {}))).toBe("AUTH_WRONG_PASSWORD");
    const rotated = await rotate(made.id);
    const fresh = accounts.newKey.parse(rotated.body);
    expect(fresh).toMatchObject({ name: "script", scopes: ["chain"] });
    for (const { key } of [made, fresh]) expect((await bearer(key).get("/api/v1/blocks")).status).toBe(200);
    const { keys } = accounts.keyList.parse((await mine.get("/api/v1/account/keys")).body);
    const old = keys.find(({ id }) => id === made.id);
    expect(Date.parse(old?.expiresAt ?? "") - Date.now()).toBeLessThanOrEqual(86_400_000);
    // Nobody has more keys by it: a replaced one is not replaced again, and both count.
    expect(codeOf(await rotate(made.id))).toBe("AUTH_NO_SUCH_KEY");
    expect(codeOf(await rotate(fresh.id))).toBe("AUTH_TOO_MANY_KEYS");
    const third = accounts.newKey.parse((await rotate(fresh.id, { ...PROOF, overlapHours: 0 })).body);
    const lives = async ({ key }: accounts.NewKey) => (await bearer(key).get("/api/v1/blocks")).status === 200;
    expect(await Promise.all([made, fresh, third].map(lives))).toEqual([true, false, true]);
  });

  test("that takes another's place lasts as long as that was made for, which lasts no longer by it", async () => {
    const mine = await signedIn(await newMember("moe"));
    const short = { name: "short", scopes: ["chain"], days: 2, ...PROOF };
    const made = accounts.newKey.parse((await mine.send("POST", "/api/v1/account/keys", short)).body);
    await query(
      db,
      `UPDATE api_keys SET created_at = created_at - interval '47 hours', expires_at = expires_at - interval '47 hours'
       WHERE id = '${made.id}'`,
    );
    const rotated = await mine.send("POST", `/api/v1/account/keys/${made.id}/rotate`, PROOF);
    const hoursLeft = (iso: string | undefined) => Math.round((Date.parse(iso ?? "") - Date.now()) / 3_600_000);
    expect(hoursLeft(accounts.newKey.parse(rotated.body).expiresAt)).toBe(48);
    const { keys } = accounts.keyList.parse((await mine.get("/api/v1/account/keys")).body);
    expect(hoursLeft(keys.find(({ id }) => id === made.id)?.expiresAt)).toBe(1);
  });

  test("counts no more once its person was kept out, also when they are let in again", async () => {
    const { mine, made } = await withKey("kurt");
    const { person } = await sessionOf(mine);
    const admin = await signedIn(ADMIN.email);
    for (const blocked of [true, false]) await admin.send("PATCH", `/api/v1/people/${person?.id}`, { blocked });
    expect((await bearer(made.key).get("/api/v1/blocks")).status).toBe(401);
  });

  test("is not told again to whoever repeats the request, and to nobody else who names theirs alike", async () => {
    const [one, two] = [await signedIn(await newMember("rita")), await signedIn(await newMember("sam"))];
    const sent = { name: "script", scopes: ["chain"], ...PROOF };
    const ask = (who: Browser) =>
      who.send("POST", "/api/v1/account/keys", sent, api, { "idempotency-key": "the-same-of-both" });
    const made = accounts.newKey.parse((await ask(one)).body);
    expect(codeOf(await ask(one))).toBe("API_TOLD_ONCE");
    expect(accounts.newKey.parse((await ask(two)).body).key).not.toBe(made.key);
    const { keys } = accounts.keyList.parse((await one.get("/api/v1/account/keys")).body);
    expect(keys).toHaveLength(1);
  });

  test("may have a limit of its own, on two processes together", async () => {
    const mine = await signedIn(await newMember("pam"));
    const sent = { name: "slow", scopes: ["chain"], requestsPerHour: 3, ...PROOF };
    const { key } = accounts.newKey.parse((await mine.send("POST", "/api/v1/account/keys", sent)).body);
    const statuses: number[] = [];
    for (const at of [api, other, api, other]) statuses.push((await bearer(key).get("/api/v1/blocks", at)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    // What it asks beyond that takes nothing from the other keys.
    const wanted = { name: "other", scopes: ["chain"], ...PROOF };
    const beside = accounts.newKey.parse((await mine.send("POST", "/api/v1/account/keys", wanted)).body);
    expect((await bearer(beside.key).get("/api/v1/blocks")).headers.get("ratelimit")).toMatch(/^"hour";r=96;/);
    const last = await bearer(key).get("/api/v1/blocks");
    expect(last.headers.get("ratelimit-policy")).toBe('"hour";q=100;w=3600, "key";q=3;w=3600');
  });

  test("may as much as its person's tier says now", async () => {
    const { made } = await withKey("quin");
    const admin = await signedIn(ADMIN.email);
    const policy = async () => (await bearer(made.key).get("/api/v1/tip")).headers.get("ratelimit-policy");
    expect((await admin.send("PATCH", "/api/v1/tiers/free", { requestsPerHour: 90 })).status).toBe(200);
    expect(await policy()).toBe('"hour";q=90;w=3600');
    await admin.send("PATCH", "/api/v1/tiers/free", { requestsPerHour: 100 });
    const { tiers } = accounts.tierList.parse((await admin.get("/api/v1/tiers")).body);
    expect(tiers.map(({ name, requestsPerHour, keys }) => [name, requestsPerHour, keys])).toEqual([
      ["free", 100, 2],
      ["pro", 1_000, 5],
      ["power", 10_000, 5],
    ]);
    for (const wrong of [{}, { keys: 6 }, { requestsPerHour: 0 }, { name: "other" }])
      expect((await admin.send("PATCH", "/api/v1/tiers/free", wrong)).status).toBe(400);
    const { entries } = auditList.parse((await admin.get("/api/v1/audit?action=tier.&target=tier%20free")).body);
    expect(entries[1]).toMatchObject({ action: "tier.change", details: { requestsPerHour: 90 } });
  });

  test("may be one of as many as the tier allows, and for nothing that its person may not", async () => {
    const { mine } = await withKey("nora");
    const more = { name: "two", scopes: ["feed"], days: 1, password: PASSWORD };
    expect((await mine.send("POST", "/api/v1/account/keys", more)).status).toBe(201);
    expect(codeOf(await mine.send("POST", "/api/v1/account/keys", more))).toBe("AUTH_TOO_MANY_KEYS");
    const greedy = { name: "three", scopes: ["operate"] };
    expect(codeOf(await mine.send("POST", "/api/v1/account/keys", greedy))).toBe("API_FORBIDDEN");
  });

  test("asks as often in an hour as its tier allows, on two processes together, and is told how much is left", async () => {
    const { made } = await withKey("olga");
    const program = bearer(made.key);
    const first = await program.get("/api/v1/tip");
    expect(first.status).toBe(403);
    expect(first.headers.get("ratelimit-policy")).toBe('"hour";q=100;w=3600');
    expect(first.headers.get("ratelimit")).toMatch(/^"hour";r=99;t=\d+$/);
    const at = (index: number) => (index % 2 === 0 ? api : other);
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, index) => program.get("/api/v1/blocks?pageSize=1", at(index))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(99);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(21);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
