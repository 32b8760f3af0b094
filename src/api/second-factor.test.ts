import { describe, expect, test } from "vitest";
import { secondFactor } from "#auth";
import { accounts as contract, auditList } from "#contract";
import { openAccountsGround, PASSWORD } from "../../test/helpers/accounts/accounts-ground.ts";
import { type Browser, codeOf as problemOf, sessionOf } from "../../test/helpers/accounts/browser.ts";
import { codeOf } from "../../test/helpers/accounts/totp.ts";
import { query } from "../../test/helpers/database.ts";

const { db, accounts, browser, letters, newPerson } = await openAccountsGround();
const strict = await openAccountsGround({ codes: "admins" });
const ROUTE = "/api/v1/account/second-factor";
const PROOF = { password: PASSWORD };
const CODE = "/api/v1/auth/second-factor";

/** Somebody who has just turned codes on with the code of now. */
async function withCodes(name: string, hasPassword = false) {
  const { id, email, mine } = await newPerson(name, { hasPassword });
  const begun = contract.newSecondFactor.parse((await mine.send("POST", ROUTE, hasPassword ? PROOF : {})).body);
  expect((await mine.send("POST", `${ROUTE}/confirm`, { code: codeOf(begun.uri) })).status).toBe(204);
  return { ...begun, id, email, mine };
}

/** A browser in which somebody has shown one thing, as by a password, which takes a while to check. */
async function halfIn({ id }: { readonly id: string }): Promise<Browser> {
  const here = browser();
  const [cookie = ""] = (await secondFactor.openChallenge(accounts, { personId: id, by: "oidc" })).split(";");
  const end = cookie.indexOf("=");
  here.cookies.set(cookie.slice(0, end), cookie.slice(end + 1));
  return here;
}

/** As whom the server counts somebody. */
const asWhom = async (of: Browser): Promise<string> => (await sessionOf(of)).role;

/** The code of the next half minute, which the server takes as well, and nobody has used. */
const nextCode = (uri: string): string => codeOf(uri, 1);

describe("a code beside the password", () => {
  test("is asked for once it was shown that there is an app for it, and opens the session", async () => {
    const { id, email, mine } = await newPerson("ada");
    expect(problemOf(await mine.send("POST", ROUTE, { password: "not the password" }))).toBe("AUTH_WRONG_PASSWORD");
    const { body } = await mine.send("POST", ROUTE, { password: PASSWORD });
    const { uri, recoveryCodes } = contract.newSecondFactor.parse(body);
    expect(uri).toMatch(/^otpauth:\/\/totp\/utxoIQ:ada%40example\.org\?secret=[A-Z2-7]+&issuer=utxoIQ/);
    expect(new Set(recoveryCodes).size).toBe(10);
    // Until a code was shown nothing is asked for: nobody locks themselves out.
    const before = await browser().send("POST", "/api/v1/auth/sign-in", { email, password: PASSWORD });
    expect(before.body).toMatchObject({ next: "signed-in" });
    expect(problemOf(await mine.send("POST", `${ROUTE}/confirm`, { code: "000000" }))).toBe("AUTH_WRONG_CODE");
    expect((await mine.send("POST", `${ROUTE}/confirm`, { code: codeOf(uri) })).status).toBe(204);
    expect((await sessionOf(mine)).person).toMatchObject({ secondFactor: true });
    const here = browser();
    const half = await here.send("POST", "/api/v1/auth/sign-in", { email, password: PASSWORD });
    expect(half.body).toMatchObject({ next: "second-factor", role: "guest", person: null });
    expect(await sessionOf(here)).toMatchObject({ role: "guest", person: null });
    expect((await here.send("POST", CODE, { code: nextCode(uri) })).body).toMatchObject({ next: "signed-in" });
    expect(await sessionOf(here)).toMatchObject({ role: "member", person: { id } });
    const written = `SELECT details FROM audit_entries WHERE target = 'person ${id}' AND action = 'session.sign-in' ORDER BY id`;
    expect(await query(db, written)).toEqual([
      { details: { by: "password" } },
      { details: { by: "password and code" } },
    ]);
    await expect.poll(() => letters.find(({ to }) => to === email)?.subject).toMatch(/was changed/);
    // Neither what codes are computed from nor the recovery codes are readable in the database.
    const rows = JSON.stringify(await query(db, "SELECT * FROM second_factors"));
    for (const code of recoveryCodes) expect(rows).not.toContain(code);
    expect(rows).not.toContain(new URL(uri).searchParams.get("secret"));
  });

  test("ends every other session when it is turned on", async () => {
    const { id, mine } = await newPerson("bob", { hasPassword: false });
    const { internalAdapter } = await (await accounts.betterAuth()).$context;
    const other = await internalAdapter.createSession(id);
    const { uri } = contract.newSecondFactor.parse((await mine.send("POST", ROUTE, {})).body);
    await mine.send("POST", `${ROUTE}/confirm`, { code: codeOf(uri) });
    expect((await sessionOf(mine)).role).toBe("member");
    expect(await query(db, `SELECT 1 FROM sessions WHERE id = '${other.id}'`)).toEqual([]);
  });

  test("counts once: whoever looked on cannot use it as well", async () => {
    const carol = await withCodes("carol");
    const [here, there] = [await halfIn(carol), await halfIn(carol)];
    const code = nextCode(carol.uri);
    expect((await here.send("POST", CODE, { code })).status).toBe(200);
    expect(problemOf(await there.send("POST", CODE, { code }))).toBe("AUTH_WRONG_CODE");
  });

  test("is not asked of somebody who has not typed the password", async () => {
    const dave = await withCodes("dave");
    expect(problemOf(await browser().send("POST", CODE, { code: nextCode(dave.uri) }))).toBe("AUTH_SIGN_IN_AGAIN");
    const forged = browser();
    forged.cookies.set([...(await halfIn(dave)).cookies.keys()][0] ?? "", "2fa-guess.c2lnbmF0dXJl");
    expect(problemOf(await forged.send("POST", CODE, { code: nextCode(dave.uri) }))).toBe("AUTH_SIGN_IN_AGAIN");
  });

  test("is another person's where they were asked, whoever else is signed in beside", async () => {
    const eve = await withCodes("eve");
    const here = await halfIn(await withCodes("frank"));
    // Eve's session comes along, and Eve's code: it is Frank who was asked.
    for (const [name, value] of eve.mine.cookies) here.cookies.set(name, value);
    expect(problemOf(await here.send("POST", CODE, { code: nextCode(eve.uri) }))).toBe("AUTH_WRONG_CODE");
  });

  test("is guessed five times at most, by as many as are sent at once", async () => {
    const grace = await withCodes("grace");
    const here = await halfIn(grace);
    const guesses = Array.from({ length: 20 }, (_, index) => String(100_000 + index));
    const answers = await Promise.all(guesses.map((code) => here.send("POST", CODE, { code })));
    const codes = answers.map(problemOf);
    const counted = codes.filter((code) => code !== "AUTH_TOO_MANY_SIGN_INS");
    expect(counted.length).toBeLessThanOrEqual(5);
    expect(codes.length - counted.length).toBeGreaterThanOrEqual(15);
    // The right one waits as well.
    expect(problemOf(await here.send("POST", CODE, { code: nextCode(grace.uri) }))).toBe("AUTH_TOO_MANY_SIGN_INS");
  });

  test("is guessed ten times at most from everywhere together, which keeps its owner neither from a recovery code nor from their page", async () => {
    const heidi = await withCodes("heidi", true);
    const guessInVain = async (guesses: readonly string[], right: string | undefined) => {
      for (let round = 0; round < 4; round += 1) {
        const here = await halfIn(heidi);
        for (const code of guesses.slice(3 * round, 3 * round + 3)) await here.send("POST", CODE, { code });
      }
      const answer = await (await halfIn(heidi)).send("POST", CODE, { code: right });
      expect(problemOf(answer)).toBe("AUTH_TOO_MANY_SIGN_INS");
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(850);
    };
    const numbers = Array.from({ length: 12 }, (_, index) => index);
    const [first, second, third] = heidi.recoveryCodes;
    await guessInVain(
      numbers.map((index) => String(200_000 + index)),
      nextCode(heidi.uri),
    );
    expect((await (await halfIn(heidi)).send("POST", CODE, { code: first })).status).toBe(200);
    await guessInVain(
      numbers.map((index) => `guess-${index}`),
      second,
    );
    const key = { ...PROOF, name: "k", scopes: ["feed"], code: third };
    expect((await heidi.mine.send("POST", "/api/v1/account/keys", key)).status).toBe(201);
  });

  test("may be a recovery code, each once, until others take their place", async () => {
    const ivan = await withCodes("ivan");
    const { mine, recoveryCodes } = ivan;
    const [first = "", second = ""] = recoveryCodes;
    const state = async () => contract.secondFactorState.parse((await mine.get(ROUTE)).body);
    expect(await state()).toEqual({ on: true, recoveryCodesLeft: 10 });
    expect((await (await halfIn(ivan)).send("POST", CODE, { code: first })).status).toBe(200);
    expect(await state()).toEqual({ on: true, recoveryCodesLeft: 9 });
    expect(problemOf(await (await halfIn(ivan)).send("POST", CODE, { code: first }))).toBe("AUTH_WRONG_CODE");
    expect(problemOf(await mine.send("POST", `${ROUTE}/recovery-codes`, {}))).toBe("AUTH_WRONG_CODE");
    const renewed = await mine.send("POST", `${ROUTE}/recovery-codes`, { code: nextCode(ivan.uri) });
    const fresh = contract.recoveryCodesAnswer.parse(renewed.body).recoveryCodes;
    expect(problemOf(await (await halfIn(ivan)).send("POST", CODE, { code: second }))).toBe("AUTH_WRONG_CODE");
    expect(await state()).toEqual({ on: true, recoveryCodesLeft: 10 });
    expect((await (await halfIn(ivan)).send("POST", CODE, { code: fresh[0] })).status).toBe(200);
    const written = `SELECT DISTINCT details FROM audit_entries WHERE target = 'person ${ivan.id}' AND action = 'session.sign-in'`;
    expect(await query(db, written)).toEqual([{ details: { by: "oidc and recovery code" } }]);
  });

  test("is turned off with password and code, or by an administrator for who lost the app", async () => {
    const { email, mine, id, uri } = await withCodes("judy", true);
    const end = (proof: unknown) => mine.send("POST", `${ROUTE}/end`, proof);
    expect(problemOf(await end({ code: nextCode(uri) }))).toBe("AUTH_WRONG_PASSWORD");
    expect(problemOf(await end(PROOF))).toBe("AUTH_WRONG_CODE");
    expect(problemOf(await end({ ...PROOF, code: "000000" }))).toBe("AUTH_WRONG_CODE");
    expect((await end({ ...PROOF, code: nextCode(uri) })).status).toBe(204);
    expect(problemOf(await end(PROOF))).toBe("AUTH_NO_SECOND_FACTOR");
    const open = await browser().send("POST", "/api/v1/auth/sign-in", { email, password: PASSWORD });
    expect(open.body).toMatchObject({ next: "signed-in" });
    const lost = await withCodes("kim", true);
    const admin = await newPerson("root", { role: "admin" });
    const path = `/api/v1/people/${lost.id}`;
    expect(problemOf(await admin.mine.send("PATCH", path, { secondFactor: false }))).toBe("AUTH_WRONG_PASSWORD");
    await admin.mine.send("PATCH", path, { secondFactor: false, ...PROOF });
    const written = await query(db, "SELECT details FROM audit_entries WHERE action = 'person.change'");
    expect(written).toEqual([{ details: { secondFactor: false } }]);
    const again = await browser().send("POST", "/api/v1/auth/sign-in", { email: lost.email, password: PASSWORD });
    expect(again.body).toMatchObject({ next: "signed-in" });
    const { entries } = auditList.parse((await admin.mine.get(`/api/v1/audit?target=person%20${id}`)).body);
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["second-factor.begin", "second-factor.off", "second-factor.on", "session.sign-in"]),
    );
  });

  test.each([
    ["another address", "POST", "/api/v1/account/email", { email: "elsewhere@example.org" }],
    ["another password", "POST", "/api/v1/account/password", { current: PASSWORD, password: "another one of mine" }],
    ["a key", "POST", "/api/v1/account/keys", { name: "k", scopes: ["feed"] }],
    ["a key in another's place", "POST", "/api/v1/account/keys/1/rotate", {}],
    ["a passkey", "POST", "/api/v1/account/passkeys/options", {}],
    ["a passkey less", "POST", "/api/v1/account/passkeys/1/remove", {}],
    ["the end of the account", "POST", "/api/v1/account/delete", {}],
  ])("is asked for once more before %s", async (name, method, path, sent) => {
    const { mine } = await withCodes(name.replaceAll(/\W/g, "-"));
    expect(problemOf(await mine.send(method, path, sent))).toBe("AUTH_WRONG_CODE");
  });

  test("is guessed ten times at most from everywhere, also by whoever is signed in", async () => {
    const { mine } = await withCodes("nina");
    const codes: string[] = [];
    for (let guess = 0; guess < 12; guess += 1) {
      const here = browser();
      for (const [name, value] of mine.cookies) here.cookies.set(name, value);
      codes.push(problemOf(await here.send("POST", `${ROUTE}/end`, { code: `30000${guess}`.slice(-6) })));
    }
    expect(codes.filter((code) => code === "AUTH_WRONG_CODE")).toHaveLength(10);
    expect(codes.slice(10)).toEqual(["AUTH_TOO_MANY_SIGN_INS", "AUTH_TOO_MANY_SIGN_INS"]);
  });

  test("is not enough where somebody without a password signed in long ago", async () => {
    const { mine, id } = await withCodes("olaf");
    await query(db, `UPDATE sessions SET created_at = now() - interval '11 minutes' WHERE person_id = '${id}'`);
    expect(problemOf(await mine.send("POST", `${ROUTE}/end`, {}))).toBe("AUTH_SIGN_IN_AGAIN");
  });

  const CHANGES: readonly (readonly [path: string, sent: object])[] = [
    ["/api/v1/account/passkeys/options", {}],
    [ROUTE, {}],
    [`${ROUTE}/end`, {}],
    [`${ROUTE}/recovery-codes`, {}],
    ["/api/v1/account/password", { current: PASSWORD, password: "another one of mine" }],
    ["/api/v1/account/email", { email: "elsewhere@example.org" }],
    ["/api/v1/account/keys", { name: "k", scopes: ["feed"] }],
    ["/api/v1/account/keys/1/rotate", {}],
    ["/api/v1/account/passkeys/1/remove", {}],
    ["/api/v1/account/delete", {}],
  ];

  test("is shown by whoever is asked: another's cookie beside one's own token, or one's own cookie, opens nothing of theirs", async () => {
    const mallory = await withCodes("mallory");
    const victim = await withCodes("victim");
    const { token } = contract.tokenAnswer.parse((await mallory.mine.send("POST", "/api/v1/account/token")).body);
    const both = browser({ authorization: `Bearer ${token}` });
    for (const [name, value] of victim.mine.cookies) both.cookies.set(name, value);
    const proof = (index: number) => ({ code: mallory.recoveryCodes[index] });
    for (const [path, sent] of CHANGES) {
      expect(problemOf(await both.send("POST", path, { ...proof(0), ...sent })), path).toBe("AUTH_TOKEN_REFUSED");
    }
    // Two cookies of one name: the first is who asks, for all that look.
    const [[name, own] = ["", ""]] = [...mallory.mine.cookies].filter(([one]) => one === accounts.cookieName);
    const doubled = browser();
    doubled.cookies.set(name, `${own}; ${name}=${victim.mine.cookies.get(name)}`);
    const asked = await doubled.send("POST", "/api/v1/account/passkeys/options", proof(1));
    expect(asked.body).toMatchObject({ user: { name: mallory.email } });
    expect((await doubled.send("POST", `${ROUTE}/end`, proof(2))).status).toBe(204);
    expect((await sessionOf(victim.mine)).person).toMatchObject({ secondFactor: true });
    expect((await sessionOf(mallory.mine)).person).toMatchObject({ secondFactor: false });
  });
});

describe("codes that somebody has to have", () => {
  test("keep who has none at what a guest may, in pages and by programs, until they are set up", async () => {
    const { mine, id } = await strict.newPerson("root", { role: "admin", hasPassword: false });
    expect(await sessionOf(mine)).toMatchObject({ role: "guest", lacksCodes: true, person: { id, role: "admin" } });
    const { key } = contract.newKey.parse(
      (await mine.send("POST", "/api/v1/account/keys", { name: "mine", scopes: ["feed"] })).body,
    );
    const { token } = contract.tokenAnswer.parse((await mine.send("POST", "/api/v1/account/token")).body);
    const program = strict.browser({ authorization: `Bearer ${token}` });
    const byKey = strict.browser({ authorization: `Bearer ${key}` });
    await query(strict.db, "UPDATE api_keys SET scopes = '{feed,chain}'");
    for (const one of [mine, program]) expect(problemOf(await one.get("/api/v1/people"))).toBe("AUTH_CODES_NEEDED");
    expect(await asWhom(byKey)).toBe("guest");
    const { uri } = contract.newSecondFactor.parse((await mine.send("POST", ROUTE, {})).body);
    await mine.send("POST", `${ROUTE}/confirm`, { code: codeOf(uri) });
    expect(await sessionOf(mine)).toMatchObject({ role: "admin", lacksCodes: false });
    expect((await mine.get("/api/v1/people")).status).toBe(200);
    expect((await strict.browser({ authorization: `Bearer ${key}` }).get("/api/v1/insights")).status).toBe(200);
  });

  test("are no affair of others, nor of the operator", async () => {
    const { mine } = await strict.newPerson("ada", { hasPassword: false });
    expect(await sessionOf(mine)).toMatchObject({ role: "member", lacksCodes: false });
    const operator = strict.browser({ authorization: `Bearer ${strict.secrets.operatorToken}` });
    expect((await operator.get("/api/v1/people")).status).toBe(200);
  });
});
