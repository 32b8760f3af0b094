import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openAccounts, providers } from "#auth";
import { accounts as contract, insightList } from "#contract";
import { openAccountsGround, PASSWORD } from "../../test/helpers/accounts/accounts-ground.ts";
import { type Browser, codeOf, sessionOf } from "../../test/helpers/accounts/browser.ts";
import { CLIENT, type Claims, type Forging, IdentityProvider } from "../../test/helpers/accounts/identity-provider.ts";
import { codeOf as totpOf } from "../../test/helpers/accounts/totp.ts";
import { query } from "../../test/helpers/database.ts";

const provider = new IdentityProvider();
await provider.start();
afterAll(() => provider.stop());

const oidc = { ...CLIENT, issuer: provider.issuer, name: "Our house" };
const firebase = { project: "iq-project", keysUrl: `${provider.issuer}/keys` };
const github = { clientId: "of-github", clientSecret: "secret" };
const { db, browser, newPerson, letters, tokenOf } = await openAccountsGround({
  providers: { oidc, firebase, github },
});
const closed = await openAccountsGround({ providers: { oidc, firebase }, registration: "invite" });

const ada = { sub: "ada-there", email: "ada@example.org", email_verified: true, name: "Ada <L>" };
let people = 0;
/** Somebody whom nobody knows yet. */
const somebody = () => {
  people += 1;
  return { ...ada, sub: `person-${people}`, email: `person-${people}@example.org` };
};

async function resetPassword(email: string) {
  await browser().send("POST", "/api/v1/auth/reset-password/send", { email });
  const password = "another long password";
  return browser().send("POST", "/api/v1/auth/reset-password", { token: await tokenOf(email), password });
}

async function moveTo({ mine }: { readonly mine: Browser }, email: string) {
  await mine.send("POST", "/api/v1/account/email", { email, password: PASSWORD });
  return mine.send("POST", "/api/v1/auth/confirm-email", { token: await tokenOf(email) });
}

async function withCodes(name: string) {
  const person = await newPerson(name, { hasPassword: false });
  const begun = await person.mine.send("POST", "/api/v1/account/second-factor", {});
  const { uri } = contract.newSecondFactor.parse(begun.body);
  await person.mine.send("POST", "/api/v1/account/second-factor/confirm", { code: totpOf(uri) });
  return { ...person, uri, methods: `SELECT provider_id FROM sign_in_methods WHERE person_id = '${person.id}'` };
}

describe("a provider of OpenID Connect", () => {
  /** Where one is after having been there. */
  async function through(mine: Browser, claims: Claims, { forging, to }: { forging?: Forging; to?: string } = {}) {
    const asked = await mine.send("POST", "/api/v1/auth/providers/oidc", to === undefined ? {} : { to });
    const { url } = contract.providerAddress.parse(asked.body);
    const back = provider.sayYes(url, claims, forging);
    const answer = await mine.comeFromElsewhere(`${back.pathname}${back.search}`);
    return { status: answer.status, page: answer.headers.get("location"), back };
  }

  test("makes an account and a session, and one comes back to where one was", async () => {
    const mine = browser();
    expect((await sessionOf(mine)).providers).toEqual([
      { id: "github", name: "GitHub" },
      { id: "oidc", name: "Our house" },
    ]);
    expect(await through(mine, ada, { to: "/blocks?sort=-fees" })).toMatchObject({
      status: 303,
      page: "/blocks?sort=-fees",
    });
    expect((await sessionOf(mine)).person).toMatchObject({ email: ada.email, name: "Ada L", role: "member" });
    // The same person once more, whose name there is another by now: the same account.
    const there = browser();
    await through(there, { ...ada, name: "Countess" });
    expect((await sessionOf(there)).person?.id).toBe((await sessionOf(mine)).person?.id);
    const made = `SELECT details, address IS NOT NULL AND request_id IS NOT NULL AS told FROM audit_entries WHERE action = 'account.sign-up'`;
    expect(await query(db, made)).toEqual([{ details: { by: "oidc" }, told: true }]);
    const kept = JSON.stringify(await query(db, "SELECT * FROM sign_in_methods"));
    expect(kept).toContain("ada-there");
    expect(kept).not.toMatch(/eyJ|"access"/);
  });

  test.each<[string, Forging]>([
    ["that nobody signed", { alg: "none" }],
    ["of another algorithm", { alg: "HS256" }],
    ["of another key", { byAnotherKey: true }],
    ["of a key that nobody published", { kid: "key-2" }],
    ["of another issuer", { claims: { iss: "https://elsewhere.example" } }],
    ["for another audience", { claims: { aud: "another-client" } }],
    ["that has expired", { claims: { exp: 1_000_000_000 } }],
    ["that does not count yet", { claims: { nbf: 4_000_000_000 } }],
    ["that was given to another attempt", { claims: { nonce: "another" } }],
    ["without a nonce", { claims: { nonce: undefined } }],
    ["of nobody", { claims: { sub: undefined } }],
    ["of an address that it has not proved", { claims: { email_verified: false } }],
    ["without an address", { claims: { email: undefined } }],
  ])("is not believed by a token %s", async (_name, forging) => {
    const mine = browser();
    const { page } = await through(mine, somebody(), { forging });
    expect(page).toMatch(/^\/sign-in\?problem=\w+$/);
    expect(await sessionOf(mine)).toMatchObject({ role: "guest", person: null });
  });

  test("counts once, and in the browser that asked", async () => {
    const [mine, eve] = [browser(), browser()];
    const { back } = await through(mine, somebody());
    const again = await mine.comeFromElsewhere(`${back.pathname}${back.search}`);
    expect(again.headers.get("location")).toMatch(/^\/sign-in\?problem=/);
    const asked = contract.providerAddress.parse((await mine.send("POST", "/api/v1/auth/providers/oidc", {})).body);
    const stolen = provider.sayYes(asked.url, somebody());
    const answer = await eve.comeFromElsewhere(`${stolen.pathname}${stolen.search}`);
    expect(answer.headers.get("location")).toBe("/sign-in?problem=state_mismatch");
    expect((await sessionOf(eve)).person).toBeNull();
  });

  test.each([
    "https://elsewhere.example/",
    "/.//elsewhere.example/x",
    "/a/..//elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "javascript:alert(1)",
  ])("sends nobody on to %s", async (to) =>
    expect((await through(browser(), somebody(), { to })).page).toBe("/dashboard"),
  );

  test("opens the account that has the address, once that was confirmed here", async () => {
    const { id } = await newPerson("bob", { hasPassword: false });
    const mine = browser();
    await through(mine, { ...ada, sub: "bob-there", email: "Bob@example.org" });
    expect((await sessionOf(mine)).person?.id).toBe(id);
  });

  test("takes the place of an account whose address nobody proved", async () => {
    // Somebody typed another's address, and waits for them to come.
    const { id } = await newPerson("mallory");
    await query(db, `UPDATE people SET email_verified = false WHERE id = '${id}'`);
    const unproved = { ...ada, sub: "mallory-there", email: "mallory@example.org", email_verified: false };
    expect((await through(browser(), unproved)).page).toMatch(/problem=/);
    expect(await query(db, `SELECT id FROM people WHERE id = '${id}'`)).toHaveLength(1);
    const mine = browser();
    await through(mine, { ...unproved, email_verified: true });
    const { person } = await sessionOf(mine);
    expect(person).toMatchObject({ email: "mallory@example.org", name: "Ada L" });
    expect(person?.id).not.toBe(id);
    const dropped = `SELECT role FROM audit_entries WHERE target = 'person ${id}' AND action = 'account.drop-unconfirmed'`;
    expect(await query(db, dropped)).toEqual([{ role: "system" }]);
    const asBefore = { email: "mallory@example.org", password: PASSWORD };
    expect(codeOf(await browser().send("POST", "/api/v1/auth/sign-in", asBefore))).toBe("AUTH_SIGN_IN_REFUSED");
  });

  test("stands for a password: whoever has codes is asked for one, and whoever is kept out stays out", async () => {
    const { id, uri, methods } = await withCodes("carol");
    const claims = { ...ada, sub: "carol-there", email: "carol@example.org" };
    const here = browser();
    expect((await through(here, claims, { to: "/blocks" })).page).toBe("/sign-in?step=code&to=%2Fblocks");
    expect((await sessionOf(here)).person).toBeNull();
    // Before the code there is nothing that would stay.
    expect(await query(db, methods)).toEqual([]);
    expect((await here.send("POST", "/api/v1/auth/second-factor", { code: totpOf(uri, 1) })).status).toBe(200);
    expect((await sessionOf(here)).person?.id).toBe(id);
    const written = `SELECT details FROM audit_entries WHERE target = 'person ${id}' AND action = 'session.sign-in'`;
    expect(await query(db, written)).toEqual([{ details: { by: "oidc and code" } }]);
    expect(await query(db, methods)).toEqual([{ provider_id: "oidc" }]);
    await expect.poll(() => letters.findLast(({ to }) => to === claims.email)?.text).toContain("word of Our house");
    expect((await through(browser(), claims)).page).toBe("/sign-in?step=code&to=%2Fdashboard");
    await query(db, `UPDATE people SET blocked = true WHERE id = '${id}'`);
    expect((await through(browser(), claims)).page).toBe("/sign-in?problem=AUTH_KEPT_OUT");
  });

  test("ends the session that was open in the browser, and takes over what was said without an account", async () => {
    const { id } = await newPerson("frida", { hasPassword: false });
    const mine = browser();
    const { insights } = insightList.parse((await mine.get("/api/v1/insights")).body);
    await mine.send("POST", `/api/v1/feedback/insights/${insights[0]?.id}/rate`, { stars: 4 });
    await through(mine, { ...ada, sub: "frida-there", email: "frida@example.org" });
    expect(await query(db, "SELECT person_id, stars FROM current_ratings")).toEqual([{ person_id: id, stars: 4 }]);
    expect([...mine.cookies.keys()].join()).not.toMatch(/utxoiq_(person|leaving)/);
    const open = () => query(db, `SELECT id FROM sessions WHERE person_id = '${id}'`);
    expect(await open()).toHaveLength(2);
    await through(mine, somebody());
    expect(await open()).toHaveLength(1);
  });

  test("opens an account by a way that its owner hears of, sees and takes away", async () => {
    const { id, email, mine } = await newPerson("gina");
    const claims = { ...ada, sub: "gina-there", email };
    await through(browser(), claims);
    const linked = `SELECT person_id, address IS NOT NULL AS told, details FROM audit_entries WHERE target = 'person ${id}' AND action = 'method.link'`;
    expect(await query(db, linked)).toEqual([{ person_id: id, told: true, details: { by: "oidc" } }]);
    await expect.poll(() => letters.find(({ to }) => to === email)?.text).toContain("by the word of Our house");
    const list = async (of: Browser) =>
      contract.methodList.parse((await of.get("/api/v1/account/methods")).body).methods;
    const [method] = await list(mine);
    expect(method).toMatchObject({ provider: "oidc", name: "Our house" });
    const remove = (proof: unknown) => mine.send("POST", `/api/v1/account/methods/${method?.id}/remove`, proof);
    expect(codeOf(await remove({}))).toBe("AUTH_WRONG_PASSWORD");
    expect((await remove({ password: PASSWORD })).status).toBe(204);
    expect(codeOf(await remove({ password: PASSWORD }))).toBe("AUTH_NO_SUCH_METHOD");
    expect(await list(mine)).toEqual([]);
    // The only way in stays.
    const alone = browser();
    await through(alone, somebody());
    const [only] = await list(alone);
    expect(codeOf(await alone.send("POST", `/api/v1/account/methods/${only?.id}/remove`, {}))).toBe("AUTH_LAST_WAY_IN");
  });

  test.each<[string, (person: Awaited<ReturnType<typeof newPerson>>) => Promise<unknown>]>([
    ["a password by mail", ({ email }) => resetPassword(email)],
    ["signing out everywhere with keys", ({ mine }) => mine.send("DELETE", "/api/v1/account/sessions?keys=true")],
    [
      "another password with keys",
      ({ mine }) => {
        const change = { current: PASSWORD, password: "another long password", endKeys: true };
        return mine.send("POST", "/api/v1/account/password", change);
      },
    ],
    ["another address", (person) => moveTo(person, `moved-${person.email}`)],
    [
      "keeping out",
      async ({ id }) => {
        const boss = await newPerson("boss", { role: "admin", hasPassword: false });
        for (const blocked of [true, false]) await boss.mine.send("PATCH", `/api/v1/people/${id}`, { blocked });
      },
    ],
  ])("opens nothing any more after %s", async (way, end) => {
    const person = await newPerson(way.replaceAll(" ", "-"));
    const claims = { ...ada, sub: person.id, email: person.email };
    await through(browser(), claims);
    await end(person);
    // Who the provider names has another address there by now.
    const eve = browser();
    await through(eve, { ...claims, email: `eve-${person.email}` });
    expect((await sessionOf(eve)).person?.id).not.toBe(person.id);
    // Whoever proves the account's address is let in, as before.
    const again = browser();
    await through(again, { ...claims, sub: `again-${person.id}` });
    expect((await sessionOf(again)).person?.id === person.id).toBe(way !== "another address");
  });

  test("makes no account where registration is closed", async () => {
    expect((await through(closed.browser(), somebody())).page).toBe("/sign-in?problem=signup_disabled");
    await closed.newPerson("dora", { hasPassword: false });
    const mine = closed.browser();
    await through(mine, { ...ada, sub: "dora-there", email: "dora@example.org" });
    expect((await sessionOf(mine)).person).toMatchObject({ email: "dora@example.org" });
  });

  test("that says it is another is not asked", async () => {
    const liar = new IdentityProvider();
    await liar.start();
    liar.saidIssuer = "https://accounts.google.com";
    const accounts = openAccounts({
      ...closed.accounts,
      providers: { oidc: { ...CLIENT, issuer: liar.issuer, name: "Liar" } },
    });
    const visitor = { cookie: "", address: "192.0.2.1", userAgent: "" };
    const asking = providers.askProvider(accounts, { provider: "oidc", to: "/", visitor });
    await expect(asking).rejects.toMatchObject({ code: "AUTH_PROVIDER_UNREACHABLE" });
    await liar.stop();
  });

  test("that is not set is not asked", async () => {
    expect(codeOf(await browser().send("POST", "/api/v1/auth/providers/google", {}))).toBe("AUTH_NO_SUCH_PROVIDER");
    expect(codeOf(await browser().send("POST", "/api/v1/auth/providers/__proto__", {}))).toBe("AUTH_NO_SUCH_PROVIDER");
  });
});

test("GitHub is asked at its own address, with a state and a proof of who asked", async () => {
  const { body } = await browser().send("POST", "/api/v1/auth/providers/github", {});
  const url = new URL(contract.providerAddress.parse(body).url);
  expect(url.origin + url.pathname).toBe("https://github.com/login/oauth/authorize");
  const asked = Object.fromEntries(url.searchParams);
  expect(asked).toMatchObject({
    client_id: "of-github",
    redirect_uri: "http://localhost/api/v1/auth/callback/github",
    scope: "read:user user:email",
    state: expect.stringMatching(/^[\w-]{32}$/),
    code_challenge_method: "S256",
  });
});

describe("a token of Firebase Authentication", () => {
  const send = (mine: Browser, idToken: string) => mine.send("POST", "/api/v1/auth/firebase", { idToken });
  let right: Claims = {};

  beforeEach(() => {
    const now = Math.floor(Date.now() / 1_000);
    const { sub, email } = somebody();
    // As Google writes it: https://firebase.google.com/docs/auth/admin/verify-id-tokens
    right = {
      iss: "https://securetoken.google.com/iq-project",
      aud: "iq-project",
      auth_time: now - 60,
      user_id: sub,
      sub,
      iat: now - 60,
      exp: now + 3_540,
      email,
      email_verified: true,
      name: "Ada",
      firebase: { identities: { email: [email] }, sign_in_provider: "password" },
    };
  });

  test("opens a session, and its keys are asked for once", async () => {
    const mine = browser();
    expect((await send(mine, provider.token(right))).body).toMatchObject({ next: "signed-in" });
    expect((await sessionOf(mine)).person).toMatchObject({ email: right["email"], role: "member" });
    const before = provider.keysAsked;
    for (let count = 0; count < 3; count += 1) await send(browser(), provider.token(right));
    expect(provider.keysAsked).toBe(before);
  });

  test.each<[string, Forging]>([
    ["that nobody signed", { alg: "none" }],
    ["of another algorithm", { alg: "HS256" }],
    ["of another key", { byAnotherKey: true }],
    ["of a key that nobody published", { kid: "key-2" }],
    ["of another issuer", { claims: { iss: "https://securetoken.google.com/another" } }],
    ["for another project", { claims: { aud: "another" } }],
    ["that has expired", { claims: { exp: 1_000_000_000 } }],
    ["that does not count yet", { claims: { nbf: 4_000_000_000 } }],
    ["that was issued in the future", { claims: { iat: 4_000_000_000 } }],
    ["of a sign-in in the future", { claims: { auth_time: 4_000_000_000 } }],
    ["without a time of signing in", { claims: { auth_time: undefined } }],
    ["of nobody", { claims: { sub: "" } }],
    ["of an address that nobody proved", { claims: { email_verified: false } }],
    ["of a telephone", { claims: { email: undefined } }],
  ])("%s opens nothing", async (_name, forging) => {
    const mine = browser();
    expect(codeOf(await send(mine, provider.token(right, forging)))).toBe("AUTH_TOKEN_REFUSED");
    expect((await sessionOf(mine)).person).toBeNull();
  });

  test("opens an account with codes once one is shown, and is kept as a way in only then", async () => {
    const { email, uri, methods } = await withCodes("hugo");
    const mine = browser();
    expect((await send(mine, provider.token({ ...right, email }))).body).toMatchObject({ next: "second-factor" });
    expect(await query(db, methods)).toEqual([]);
    expect((await mine.send("POST", "/api/v1/auth/second-factor", { code: totpOf(uri, 1) })).status).toBe(200);
    expect(await query(db, methods)).toEqual([{ provider_id: "firebase" }]);
  });

  test.each(["", "a", "a.b.c", "..", "e30.e30.e30"])("%j is none", async (token) => {
    expect((await send(browser(), token)).status).toBeOneOf([400, 403]);
  });

  test("makes no account where registration is closed", async () => {
    expect(codeOf(await send(closed.browser(), provider.token(right)))).toBe("AUTH_NO_SUCH_ACCOUNT");
  });
});
