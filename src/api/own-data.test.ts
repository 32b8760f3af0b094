import { expect, test } from "vitest";
import { accounts as contract, insightList } from "#contract";
import { openAccountsGround, PASSWORD } from "../../test/helpers/accounts/accounts-ground.ts";
import { codeOf, sessionOf } from "../../test/helpers/accounts/browser.ts";
import { query } from "../../test/helpers/database.ts";

const { db, browser, letters, newPerson, tokenOf } = await openAccountsGround();

const signIn = (email: string) => browser().send("POST", "/api/v1/auth/sign-in", { email, password: PASSWORD });

test("another address counts once its link is opened, the old one is told, and links mailed there count no more", async () => {
  const { email, mine } = await newPerson("ada");
  await browser().send("POST", "/api/v1/auth/reset-password/send", { email });
  const reset = await tokenOf(email);
  const wanted = { email: "Ada.New@example.org", password: PASSWORD };
  expect(codeOf(await mine.send("POST", "/api/v1/account/email", { ...wanted, password: "another one" }))).toBe(
    "AUTH_WRONG_PASSWORD",
  );
  expect((await mine.send("POST", "/api/v1/account/email", wanted)).status).toBe(202);
  const token = await tokenOf("ada.new@example.org");
  expect((await sessionOf(mine)).person).toMatchObject({ email });
  expect((await browser().send("POST", "/api/v1/auth/confirm-email", { token })).status).toBe(204);
  expect(codeOf(await browser().send("POST", "/api/v1/auth/confirm-email", { token }))).toBe("AUTH_LINK_REFUSED");
  expect((await sessionOf(mine)).person).toMatchObject({ email: "ada.new@example.org" });
  await expect
    .poll(() => letters.findLast(({ to }) => to === email)?.text)
    .toMatch(/belongs to another e-mail address/);
  const late = { token: reset, password: "a password by the old mailbox" };
  expect(codeOf(await browser().send("POST", "/api/v1/auth/reset-password", late))).toBe("AUTH_LINK_REFUSED");
  expect([(await signIn(email)).status, (await signIn("ada.new@example.org")).status]).toEqual([401, 200]);
});

test("a link that somebody else had mailed to themselves ends with what ends their being in the account", async () => {
  const { email, id, mine } = await newPerson("victim");
  const asked = (to: string) => mine.send("POST", "/api/v1/account/email", { email: to, password: PASSWORD });
  const confirm = (token: string) => browser().send("POST", "/api/v1/auth/confirm-email", { token });
  await asked("mallory1@example.org");
  const first = await tokenOf("mallory1@example.org");
  await asked("mallory2@example.org");
  expect(codeOf(await confirm(first))).toBe("AUTH_LINK_REFUSED");
  const second = await tokenOf("mallory2@example.org");
  await mine.send("POST", "/api/v1/account/keys", { name: "mine", scopes: ["feed"], password: PASSWORD });
  await browser().send("POST", "/api/v1/auth/reset-password/send", { email });
  const reset = { token: await tokenOf(email), password: "a password of the owner" };
  expect((await browser().send("POST", "/api/v1/auth/reset-password", reset)).status).toBe(204);
  expect(codeOf(await confirm(second))).toBe("AUTH_LINK_REFUSED");
  expect(await query(db, `SELECT 1 FROM api_keys WHERE person_id = '${id}' AND revoked_at IS NULL`)).toEqual([]);
});

test("a link to another address counts for a day, and so many letters are sent to one", async () => {
  const { mine } = await newPerson("tom");
  const ask = () => mine.send("POST", "/api/v1/account/email", { email: "tom.new@example.org", password: PASSWORD });
  await ask();
  const token = await tokenOf("tom.new@example.org");
  await query(db, "UPDATE verifications SET expires_at = expires_at - interval '1 day'");
  expect(codeOf(await browser().send("POST", "/api/v1/auth/confirm-email", { token }))).toBe("AUTH_LINK_REFUSED");
  const more = [];
  for (let count = 0; count < 5; count += 1) more.push((await ask()).status);
  expect(more).toEqual([202, 202, 202, 202, 429]);
});

test("a link that sets a password counts no more once the password was changed", async () => {
  const { email, mine } = await newPerson("walter");
  await browser().send("POST", "/api/v1/auth/reset-password/send", { email });
  const token = await tokenOf(email);
  const change = { current: PASSWORD, password: "another one of mine" };
  expect((await mine.send("POST", "/api/v1/account/password", change)).status).toBe(204);
  const late = { token, password: "whoever reads old mail" };
  expect(codeOf(await browser().send("POST", "/api/v1/auth/reset-password", late))).toBe("AUTH_LINK_REFUSED");
});

test("nobody hears whether another address has an account, but whose it is", async () => {
  const [bob, carol] = [await newPerson("bob"), await newPerson("carol")];
  const ask = (to: string) => bob.mine.send("POST", "/api/v1/account/email", { email: to, password: PASSWORD });
  const [taken, free] = [await ask(carol.email), await ask("nobody@example.org")];
  expect([taken.status, taken.body]).toEqual([free.status, free.body]);
  await expect
    .poll(() => letters.findLast(({ to }) => to === carol.email)?.subject)
    .toBe("You have an account at utxoIQ");
});

test("an export has all that is kept, and nothing that opens the account", async () => {
  const { id, mine } = await newPerson("dave");
  const { insights } = insightList.parse((await mine.get("/api/v1/insights")).body);
  const at = `/api/v1/feedback/insights/${insights[0]?.id}`;
  await mine.send("POST", `${at}/rate`, { stars: 4 });
  await mine.send("POST", `${at}/comment`, { text: "my words" });
  await mine.send("POST", `${at}/flag`, { reason: "other", details: "of mine" });
  const gone = await mine.send("POST", "/api/v1/account/keys", { name: "gone", scopes: ["feed"], password: PASSWORD });
  await mine.send("DELETE", `/api/v1/account/keys/${contract.newKey.parse(gone.body).id}`);
  const admin = await newPerson("dave's administrator", { role: "admin" });
  await admin.mine.send("PATCH", `/api/v1/people/${id}`, { tier: "pro" });
  await query(db, `UPDATE people SET role = 'member' WHERE id = '${admin.id}'`);
  const made = await mine.send("POST", "/api/v1/account/keys", {
    name: "script",
    scopes: ["feed"],
    password: PASSWORD,
  });
  // By the operator, who is nobody that an entry could name.
  await query(
    db,
    `INSERT INTO audit_entries (role, action, target, details)
     VALUES ('operator', 'person.change', 'person ${id}', '{"role": "analyst"}')`,
  );
  const answer = await mine.get("/api/v1/account/export");
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  expect(contract.personExport.parse(answer.body)).toMatchObject({
    person: { id, email: "dave@example.org" },
    signInMethods: [{ provider: "credential" }],
    ratings: [{ insightId: insights[0]?.id, stars: 4 }],
    comments: [{ text: "my words" }],
    flags: [{ reason: "other", details: "of mine" }],
    keys: [
      { name: "gone", revokedAt: expect.any(String) },
      { name: "script", revokedAt: null },
    ],
    done: [
      { action: "person.change", details: { tier: "pro" } },
      { action: "person.change", details: { role: "analyst" } },
    ],
    did: expect.arrayContaining([expect.objectContaining({ action: "key.create", address: expect.any(String) })]),
  });
  const text = JSON.stringify(answer.body);
  expect(text).not.toContain(contract.newKey.parse(made.body).key);
  for (const secret of await query(
    db,
    `SELECT password AS it FROM sign_in_methods WHERE person_id = '${id}'
    UNION SELECT token FROM sessions WHERE person_id = '${id}'`,
  )) {
    expect(text).not.toContain((secret as { it: string }).it);
  }
});

test("what one said of insights stands in one's account, also what was said before there was one", async () => {
  const { id, mine } = await newPerson("sue", { hasPassword: false });
  const { insights } = insightList.parse((await mine.get("/api/v1/insights")).body);
  const [first = "", second = ""] = insights.map((insight) => insight.id);
  await query(
    db,
    `INSERT INTO insight_ratings (insight_id, person_id, stars) VALUES ('${second}', 'before', 2);
     INSERT INTO feedback_owners (person_id, owner) VALUES ('before', '${id}')`,
  );
  for (const stars of [1, 4]) await mine.send("POST", `/api/v1/feedback/insights/${first}/rate`, { stars });
  await mine.send("POST", `/api/v1/feedback/insights/${first}/comment`, { text: "my words" });
  await mine.send("POST", `/api/v1/feedback/insights/${first}/flag`, { reason: "other", details: "of mine" });
  const { said, complete } = contract.saidList.parse((await mine.get("/api/v1/account/feedback")).body);
  expect(complete).toBe(true);
  expect(said).toMatchObject([
    { what: "flag", insightId: first, reason: "other", details: "of mine" },
    { what: "comment", insightId: first, text: "my words", hidden: false, hiddenReason: null },
    { what: "stars", insightId: first, stars: 4 },
    { what: "stars", insightId: second, stars: 2 },
  ]);
  await mine.send("DELETE", `/api/v1/feedback/insights/${first}/rate`);
  const left = contract.saidList.parse((await mine.get("/api/v1/account/feedback")).body);
  expect(left.said.map(({ what }) => what)).toEqual(["flag", "comment", "stars"]);
});

test("a deleted account leaves what was said, and nothing that says by whom", async () => {
  const admin = await newPerson("erin's administrator", { role: "admin" });
  const [invited, email, wanted] = ["erin@example.org", "erin.moved@example.org", "erin.elsewhere@example.org"];
  await admin.mine.send("POST", "/api/v1/invitations", { email: invited });
  await query(db, `UPDATE people SET role = 'member' WHERE id = '${admin.id}'`);
  const mine = browser();
  const { insights } = insightList.parse((await mine.get("/api/v1/insights")).body);
  const at = `/api/v1/feedback/insights/${insights[0]?.id}`;
  await mine.send("POST", `${at}/comment`, { text: "I was here" });
  const account = { name: "Erin", password: PASSWORD, invitation: await tokenOf(invited) };
  await mine.send("POST", "/api/v1/auth/sign-up", account);
  const { person } = await sessionOf(mine);
  const id = person?.id ?? "";
  await mine.send("POST", "/api/v1/account/email", { email, password: PASSWORD });
  await mine.send("POST", "/api/v1/auth/confirm-email", { token: await tokenOf(email) });
  await mine.send("POST", "/api/v1/account/email", { email: wanted, password: PASSWORD });
  const named = { name: "Erin of Elsewhere", scopes: ["feed"], password: PASSWORD, requestsPerHour: 5 };
  const { key, id: keyId } = contract.newKey.parse((await mine.send("POST", "/api/v1/account/keys", named)).body);
  await browser({ authorization: `Bearer ${key}` }).get("/api/v1/insights");
  // As who follows a mailed link, not signed in, in a browser that is known and in another.
  await query(
    db,
    `INSERT INTO audit_entries (role, person_id, address, action, target, details)
     SELECT 'guest', browser, '192.0.2.77', 'account.verify-email', 'person ${id}', '{}'
     FROM unnest(ARRAY[NULL, 'another browser']) AS browser`,
  );
  const { did, usage } = contract.personExport.parse((await mine.get("/api/v1/account/export")).body);
  expect(did.every(({ address }) => address !== null)).toBe(true);
  expect(did.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["feedback.comment", "account.accept-invitation", "account.verify-email", "key.create"]),
  );
  expect(usage).toEqual(expect.arrayContaining([expect.objectContaining({ keyId, used: 1 })]));
  expect(codeOf(await mine.send("POST", "/api/v1/account/delete", {}))).toBe("AUTH_WRONG_PASSWORD");
  expect((await mine.send("POST", "/api/v1/account/delete", { password: PASSWORD })).status).toBe(204);
  expect(await sessionOf(mine)).toMatchObject({ role: "guest", person: null });
  expect((await signIn(email)).status).toBe(401);
  expect((await browser().get(`${at}/comments`)).body).toMatchObject({
    comments: expect.arrayContaining([expect.objectContaining({ text: "I was here", mine: false })]),
  });
  const tables = await query(db, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  for (const { tablename } of tables as { tablename: string }[]) {
    const rows = await query(db, `SELECT row_to_json(t)::text AS it FROM "${tablename}" t`);
    for (const told of [invited, email, wanted, named.name, "192.0.2.77"])
      expect(JSON.stringify(rows), tablename).not.toContain(told);
  }
  const entries = (await query(
    db,
    `SELECT action, address FROM audit_entries WHERE person_id = '${id}' OR target = 'person ${id}'
       OR person_id IN (SELECT person_id FROM feedback_owners WHERE owner = '${id}')`,
  )) as { action: string; address: string | null }[];
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["account.delete", "account.accept-invitation", "feedback.comment"]),
  );
  expect(entries.filter(({ address }) => address !== null)).toEqual([]);
});

test("nobody to administer is left by no deletion, and the log lets nothing else be changed", async () => {
  const { mine, id } = await newPerson("root", { role: "admin" });
  expect(codeOf(await mine.send("POST", "/api/v1/account/delete", { password: PASSWORD }))).toBe("API_LAST_ADMIN");
  await mine.send("PATCH", "/api/v1/account", { name: "Root" });
  for (const change of [
    "action = 'none'",
    "person_id = NULL, address = NULL",
    "address = '192.0.2.1'",
    "details = '{}'",
  ]) {
    const changed = query(db, `UPDATE audit_entries SET ${change} WHERE person_id = '${id}'`);
    await expect(changed, change).rejects.toThrow("append-only");
  }
  await expect(query(db, "DELETE FROM audit_entries")).rejects.toThrow("append-only");
});
