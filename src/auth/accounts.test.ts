import { getMigrations } from "better-auth/db/migration";
import { expect, test } from "vitest";
import { AppError } from "#lib";
import { access } from "#store";
import { openTestDatabase, query } from "../../test/helpers/database.ts";
import { openAccounts } from "./accounts.ts";
import { betterAuthOptions } from "./better-auth.ts";
import { acceptInvitation, invite } from "./invitations.ts";
import { openLeaving, signLeaving } from "./leaving.ts";
import { requestPasswordReset, verifyEmail } from "./mailed-links.ts";
import { drawSecrets } from "./secrets.ts";
import { signIn } from "./sign-in.ts";
import { createAccount } from "./sign-up.ts";

const { db } = await openTestDatabase();
const letters: string[] = [];
const options = {
  db,
  instanceKey: drawSecrets().instanceKey,
  publicUrl: "https://iq.example.org",
  registration: "invite",
  sendLetter: async ({ to }: { readonly to: string }) => void letters.push(to),
  onFault: (error: unknown) => expect.fail(String(error)),
} as const;
const accounts = openAccounts(options);
const PASSWORD = "correct horse battery";

const from = (address: string) => ({ cookie: "", address, userAgent: "" });

/** What became of so many attempts at once. */
async function attempts(count: number, { email, password, address }: Readonly<Record<string, string>>) {
  const visitor = from(address ?? "");
  const one = { email: email ?? "", password: password ?? "", visitor, anonymousId: null };
  const all = await Promise.allSettled(Array.from({ length: count }, () => signIn(accounts, one)));
  return all.map((outcome) => (outcome.status === "fulfilled" ? "in" : (outcome.reason as { code: string }).code));
}

test("the library finds its tables as our migrations make them", async () => {
  const found = await getMigrations(
    betterAuthOptions({ ...options, secret: accounts.secret, cookieName: "c", cookiePrefix: "p" }),
  );
  expect([found.toBeCreated, found.toBeAdded, found.unsafeChanges, found.schemaProblems]).toEqual([[], [], [], []]);
});

test("of a thousand attempts at an account five reach its password, and nobody else is locked out", async () => {
  await createAccount(accounts, { name: "Ada", email: "ada@example.org", password: PASSWORD }, "member");
  const { api } = await accounts.betterAuth();
  expect(api.signInEmail).toBeTypeOf("function");
  const guesses = await attempts(1_000, {
    email: "Ada@example.org",
    password: "guess guess guess",
    address: "192.0.2.1",
  });
  expect(guesses.filter((code) => code === "AUTH_SIGN_IN_REFUSED")).toHaveLength(5);
  expect(guesses.filter((code) => code === "AUTH_TOO_MANY_SIGN_INS")).toHaveLength(995);
  // The right password waits there as well, and is let in from elsewhere.
  const right = { email: "ada@example.org", password: PASSWORD };
  expect(await attempts(1, { ...right, address: "192.0.2.1" })).toEqual(["AUTH_TOO_MANY_SIGN_INS"]);
  expect(await attempts(1, { ...right, address: "192.0.2.2" })).toEqual(["in"]);
});

test("cookies of a server that is reached over TLS are sent over it alone", async () => {
  const visitor = from("192.0.2.3");
  const one = { email: "ada@example.org", password: PASSWORD, visitor, anonymousId: null };
  const { cookies } = await signIn(accounts, one);
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatch(
    /^__Secure-utxoiq_session_[0-9a-f]{8}=\S+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
});

test("a mailbox is not filled by asking for letters again and again", async () => {
  const by = { role: "guest", personId: null, address: "192.0.2.4", requestId: null };
  const asked = { email: "ada@example.org", address: "192.0.2.4", by };
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => requestPasswordReset(accounts, asked)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  // From elsewhere it is asked in vain from some time on, which nobody is told.
  const others = Array.from({ length: 12 }, (_, index) => `192.0.2.${100 + index}`);
  await Promise.all(others.map((address) => requestPasswordReset(accounts, { ...asked, address })));
  const wanted = "SELECT used FROM window_counts WHERE name LIKE 'letters to %'";
  await expect.poll(() => query(db, wanted)).toEqual([{ used: 17 }]);
  expect(letters).toHaveLength(10);
});

test("an address does not write to everybody", async () => {
  const by = { role: "guest", personId: null, address: "192.0.2.7", requestId: null };
  const emails = Array.from({ length: 40 }, (_, index) => `nobody-${index}@example.org`);
  const asking = emails.map((email) => requestPasswordReset(accounts, { email, address: "192.0.2.7", by }));
  const all = await Promise.allSettled(asking);
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
});

test("nobody is invited where the operator alone makes accounts, and no invitation counts there", async () => {
  const closed = openAccounts({ ...options, registration: "closed" });
  const by = { role: "admin", personId: null, address: null, requestId: null };
  const invited = invite(closed, { email: "new@example.org", role: "member", by });
  await expect(invited).rejects.toMatchObject({ code: "AUTH_REGISTRATION_CLOSED" });
  const following = acceptInvitation(closed, { name: "New", password: PASSWORD, token: "any", by });
  await expect(following).rejects.toMatchObject({ code: "AUTH_REGISTRATION_CLOSED" });
});

test("an invitation whose letter cannot be sent is none", async () => {
  const by = { role: "admin", personId: null, address: null, requestId: null };
  const sendLetter = () => Promise.reject(new AppError("MAIL_NOT_SENT", "the mail server is down"));
  const invited = invite({ ...accounts, sendLetter }, { email: "new@example.org", role: "member", by });
  await expect(invited).rejects.toMatchObject({ code: "MAIL_NOT_SENT" });
  expect(await access.accounts.listInvitations(db)).toEqual([]);
  expect(await access.listAudit(db, { limit: 1, action: "person.invite" })).toEqual([]);
});

test("as whom somebody left for a provider counts for ten minutes", () => {
  const leaving = { anonymousId: "a", sessionId: "s" };
  const signed = signLeaving(options.instanceKey, leaving, 1_000);
  expect(openLeaving(options.instanceKey, signed, 1_000 + 599)).toEqual(leaving);
  expect(openLeaving(options.instanceKey, signed, 1_000 + 600)).toBeUndefined();
});

test("whoever tried no more for a day begins anew", async () => {
  const tried = { email: "ada@example.org", password: "guess guess guess", address: "192.0.2.6" };
  await attempts(1, tried);
  const lapsed = new Date(Date.now() - 2 * 86_400_000);
  const ofAddress = db.updateTable("sign_in_attempts").set({ attempts: 12, next_at: lapsed });
  await ofAddress.where("address", "=", tried.address).execute();
  const again = [...(await attempts(1, tried)), ...(await attempts(1, tried))];
  expect(again).toEqual(["AUTH_SIGN_IN_REFUSED", "AUTH_SIGN_IN_REFUSED"]);
});

test("the first that is asked of a server may be asked within a transaction", async () => {
  const fresh = openAccounts(options);
  const by = { role: "guest", personId: null, address: null, requestId: null };
  const refused = verifyEmail(fresh, { token: "none", by });
  await expect(refused).rejects.toMatchObject({ code: "AUTH_LINK_REFUSED" });
});
