import { expect, test } from "vitest";
import { accounts as contract, auditList } from "#contract";
import { openAccountsGround } from "../../test/helpers/accounts/accounts-ground.ts";
import { type Browser, codeOf, sessionOf } from "../../test/helpers/accounts/browser.ts";
import { query } from "../../test/helpers/database.ts";

const { db, browser, newPerson } = await openAccountsGround();

const as = (token: string): Browser => browser({ authorization: `Bearer ${token}` });
const renew = (refreshToken: string) => browser().send("POST", "/api/v1/auth/token", { refreshToken });
const begin = async (mine: Browser) =>
  contract.tokenAnswer.parse((await mine.send("POST", "/api/v1/account/token")).body);
const renewed = async (token: string) => contract.tokenAnswer.parse((await renew(token)).body);

/** As if all that was used had been used so long ago that no answer can still be on its way. */
const passOverlap = () => query(db, "UPDATE refresh_tokens SET used_at = used_at - interval '31 seconds'");

test("a token is renewed without signing in again, and neither token stands in the database", async () => {
  const { id, mine } = await newPerson("ada", { hasPassword: false });
  const first = await begin(mine);
  const second = await renewed(first.refreshToken);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect((await sessionOf(as(second.token))).person?.id).toBe(id);
  const kept = JSON.stringify(await query(db, "SELECT encode(hash, 'escape') AS hash, family FROM refresh_tokens"));
  expect(kept).not.toContain(first.refreshToken);
  // Whoever copied a token has it for as long as it lasts, and no longer.
  expect(codeOf(await as(second.token).send("POST", "/api/v1/account/token"))).toBe("AUTH_TOKEN_REFUSED");
});

test("a program that missed the answer asks once more; later it is somebody's copy, and none of them counts any more", async () => {
  const { mine, id } = await newPerson("bob", { hasPassword: false });
  const { mine: admin } = await newPerson("root", { role: "admin", hasPassword: false });
  const first = await begin(mine);
  const other = await begin(mine);
  await renewed(first.refreshToken);
  const second = await renewed(first.refreshToken);
  await passOverlap();
  expect(codeOf(await renew(first.refreshToken))).toBe("AUTH_TOKEN_REFUSED");
  expect((await renew(second.refreshToken)).status).toBe(403);
  // Also what nobody has to renew yet; of the session another line goes on.
  for (const { token } of [first, second]) expect((await as(token).get("/api/v1/account")).status).toBe(401);
  expect((await as(other.token).get("/api/v1/account")).status).toBe(200);
  expect((await renew(other.refreshToken)).status).toBe(200);
  const { body } = await admin.get("/api/v1/audit?action=token.used-twice");
  expect(auditList.parse(body).entries).toMatchObject([{ action: "token.used-twice", target: `person ${id}` }]);
});

test.each(["", "a", "utxoiq_refresh_", `utxoiq_refresh_${"a".repeat(43)}`])("%j is none", async (token) =>
  expect((await renew(token)).status).toBe(403),
);

test("it counts as long as its session does", async () => {
  const { mine, id } = await newPerson("carol", { hasPassword: false });
  const { refreshToken } = await begin(mine);
  await query(db, `UPDATE people SET blocked = true WHERE id = '${id}'`);
  expect((await renew(refreshToken)).status).toBe(403);
  await query(db, `UPDATE people SET blocked = false WHERE id = '${id}'`);
  await query(db, `UPDATE sessions SET used_at = now() - interval '15 days' WHERE person_id = '${id}'`);
  expect((await renew(refreshToken)).status).toBe(403);
  await query(db, `UPDATE sessions SET used_at = now() WHERE person_id = '${id}'`);
  const next = await renewed(refreshToken);
  await mine.send("DELETE", "/api/v1/account/sessions");
  expect((await renew(next.refreshToken)).status).toBe(403);
});

test("of two that hold one token, at once or not, one goes on, and the other's ends both", async () => {
  const { mine } = await newPerson("dora", { hasPassword: false });
  const { refreshToken } = await begin(mine);
  await Promise.all([renew(refreshToken), renew(refreshToken)]);
  const standing = await query(db, "SELECT 1 FROM refresh_tokens WHERE used_at IS NULL");
  const before = await renewed(refreshToken);
  const last = await renewed(refreshToken);
  expect(await query(db, "SELECT 1 FROM refresh_tokens WHERE used_at IS NULL")).toHaveLength(standing.length);
  expect((await renew(before.refreshToken)).status).toBe(403);
  expect((await renew(last.refreshToken)).status).toBe(403);
  const begun = await begin(mine);
  const next = await renewed(begun.refreshToken);
  await renewed(next.refreshToken);
  expect((await renew(begun.refreshToken)).status).toBe(403);
});

test("when a session was last used is told", async () => {
  const { mine, id } = await newPerson("frida", { hasPassword: false });
  await query(db, `UPDATE sessions SET used_at = now() - interval '2 days' WHERE person_id = '${id}'`);
  const { sessions } = contract.deviceList.parse((await mine.get("/api/v1/account/sessions")).body);
  expect(Date.now() - Date.parse(sessions[0]?.usedAt ?? "")).toBeLessThan(60_000);
});
