import { afterAll, describe, expect, test } from "vitest";
import { accounts as contract } from "#contract";
import { access } from "#store";
import { openAccountsGround, PASSWORD } from "../../test/helpers/accounts/accounts-ground.ts";
import { type Browser, codeOf } from "../../test/helpers/accounts/browser.ts";
import { CLIENT, IdentityProvider } from "../../test/helpers/accounts/identity-provider.ts";
import { codeOf as totpOf } from "../../test/helpers/accounts/totp.ts";
import { query } from "../../test/helpers/database.ts";

const provider = new IdentityProvider();
await provider.start();
afterAll(() => provider.stop());
const oidc = { ...CLIENT, issuer: provider.issuer, name: "Our house" };
const { db, browser, newPerson, tokenOf } = await openAccountsGround({ providers: { oidc } });

type Person = Awaited<ReturnType<typeof newPerson>>;

async function turnCodesOn(mine: Browser) {
  const asked = await mine.send("POST", "/api/v1/account/second-factor", { password: PASSWORD });
  const made = contract.newSecondFactor.parse(asked.body);
  await mine.send("POST", "/api/v1/account/second-factor/confirm", { code: totpOf(made.uri) });
  return made;
}

async function comeBy(mine: Browser, { email }: Person): Promise<string | null> {
  const { body } = await mine.send("POST", "/api/v1/auth/providers/oidc", {});
  const { url } = contract.providerAddress.parse(body);
  const back = provider.sayYes(url, { sub: email, email, email_verified: true, name: "Ada" });
  return (await mine.comeFromElsewhere(`${back.pathname}${back.search}`)).headers.get("location");
}

const signIn = (mine: Browser, { email }: Person) =>
  mine.send("POST", "/api/v1/auth/sign-in", { email, password: PASSWORD });
const countOf = async (table: string, { id }: Person) =>
  (await query(db, `SELECT 1 FROM ${table} WHERE person_id = '${id}'`)).length;

describe("what is opened by what counted before somebody was thrown out", () => {
  /** What comes of it where they are thrown out once all is checked: it waits for the row that is held here. */
  async function whileThrownOut<Result>({ id }: Person, work: () => Promise<Result>): Promise<Result> {
    let working: Promise<Result> | undefined;
    await db.transaction().execute(async (trx) => {
      await access.accounts.closeEntrances(trx, id);
      working = work();
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      await expect.poll(async () => (await query(db, waiting)).length, { timeout: 5_000 }).toBe(1);
    });
    if (working === undefined) throw new Error("nothing was asked");
    return working;
  }

  test("a session by the password, or the question for a code", async () => {
    const ada = await newPerson("ada");
    const before = await countOf("sessions", ada);
    expect(codeOf(await whileThrownOut(ada, () => signIn(browser(), ada)))).toBe("AUTH_SIGN_IN_REFUSED");
    expect(await countOf("sessions", ada)).toBe(before);
    const { recoveryCodes } = await turnCodesOn(ada.mine);
    expect(codeOf(await whileThrownOut(ada, () => signIn(browser(), ada)))).toBe("AUTH_SIGN_IN_REFUSED");
    const mine = browser();
    expect((await signIn(mine, ada)).status).toBe(200);
    const code = recoveryCodes[0];
    const second = () => mine.send("POST", "/api/v1/auth/second-factor", { code });
    expect(codeOf(await whileThrownOut(ada, second))).toBe("AUTH_SIGN_IN_AGAIN");
    expect(await countOf("sessions", ada)).toBe(before);
  });

  test("an account whose address is being confirmed", async () => {
    const [mine, email] = [browser(), "ina@example.org"];
    await mine.send("POST", "/api/v1/auth/sign-up", { name: "Ina", email, password: PASSWORD });
    const token = await tokenOf(email);
    const { id = "" } = (await access.accounts.findEntrance(db, email)) ?? {};
    const confirm = () => mine.send("POST", "/api/v1/auth/verify-email", { token });
    expect(codeOf(await whileThrownOut({ id, email, mine }, confirm))).toBe("AUTH_LINK_REFUSED");
  });

  test("a session by a provider's word", async () => {
    const bob = await newPerson("bob", { hasPassword: false });
    const before = await countOf("sessions", bob);
    expect(await whileThrownOut(bob, () => comeBy(browser(), bob))).toMatch(/problem=/);
    expect(await countOf("sessions", bob)).toBe(before);
    expect(await comeBy(browser(), bob)).toBe("/dashboard");
  });

  test.each<[string, string, object]>([
    ["a key", "/api/v1/account/keys", { name: "a", scopes: ["feed"], password: PASSWORD }],
    ["another password", "/api/v1/account/password", { current: PASSWORD, password: "a password of somebody else" }],
    ["another address", "/api/v1/account/email", { email: "eve@example.org", password: PASSWORD }],
    ["codes", "/api/v1/account/second-factor", { password: PASSWORD }],
  ])("%s", async (name, path, body) => {
    const carol = await newPerson(`carol-${name.replace(/ /g, "-")}`);
    const answer = await whileThrownOut(carol, () => carol.mine.send("POST", path, body));
    expect(codeOf(answer)).toBe("AUTH_SIGN_IN_AGAIN");
    for (const table of ["api_keys", "second_factors"]) expect(await countOf(table, carol)).toBe(0);
    expect(await query(db, "SELECT 1 FROM verifications WHERE value LIKE '%eve@example.org%'")).toEqual([]);
    expect((await signIn(browser(), carol)).status).toBe(200);
  });
});

test("whatever throws people out ends what is being opened, half-done sign-ins, and links that were mailed", async () => {
  const boss = await newPerson("boss", { role: "admin" });
  const ways: [string, (person: Person) => Promise<unknown>][] = [
    [
      "password",
      ({ mine }) => mine.send("POST", "/api/v1/account/password", { current: PASSWORD, password: "quite another one" }),
    ],
    ["codes", ({ mine }) => turnCodesOn(mine)],
    ["everywhere", ({ mine }) => mine.send("DELETE", "/api/v1/account/sessions")],
    ["kept-out", ({ id }) => boss.mine.send("PATCH", `/api/v1/people/${id}`, { blocked: true })],
  ];
  for (const [name, throwOut] of ways) {
    const dora = await newPerson(`dora-${name}`);
    const to = `eve-${name}@example.org`;
    await dora.mine.send("POST", "/api/v1/account/email", { email: to, password: PASSWORD });
    const token = await tokenOf(to);
    const before = await access.accounts.findEntrance(db, dora.email);
    await throwOut(dora);
    expect(await access.accounts.findEntrance(db, dora.email), name).not.toEqual(before);
    expect(codeOf(await browser().send("POST", "/api/v1/auth/confirm-email", { token })), name).toBe(
      "AUTH_LINK_REFUSED",
    );
  }
});

test("a sign-in that waits for a code ends with signing out everywhere", async () => {
  const finn = await newPerson("finn");
  const { recoveryCodes } = await turnCodesOn(finn.mine);
  const half = browser();
  expect((await signIn(half, finn)).body).toMatchObject({ next: "second-factor" });
  expect((await finn.mine.send("DELETE", "/api/v1/account/sessions")).status).toBe(204);
  const code = recoveryCodes[0];
  expect(codeOf(await half.send("POST", "/api/v1/auth/second-factor", { code }))).toBe("AUTH_SIGN_IN_AGAIN");
});

test("nobody who is kept out leaves sessions behind by trying", async () => {
  const gil = await newPerson("gil");
  await query(db, `UPDATE people SET blocked = true WHERE id = '${gil.id}'`);
  await query(db, `DELETE FROM sessions WHERE person_id = '${gil.id}'`);
  expect(codeOf(await signIn(browser(), gil))).toBe("AUTH_KEPT_OUT");
  expect(await comeBy(browser(), gil)).toBe("/sign-in?problem=AUTH_KEPT_OUT");
  expect(await countOf("sessions", gil)).toBe(0);
});
