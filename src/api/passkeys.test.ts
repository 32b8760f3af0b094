import { expect, test } from "vitest";
import { accounts as contract } from "#contract";
import { openAccountsGround, PASSWORD } from "../../test/helpers/accounts/accounts-ground.ts";
import { type Browser, codeOf, sessionOf } from "../../test/helpers/accounts/browser.ts";
import { SoftwareAuthenticator } from "../../test/helpers/accounts/software-authenticator.ts";
import { query } from "../../test/helpers/database.ts";

const { db, browser, newPerson } = await openAccountsGround();
const ROUTE = "/api/v1/account/passkeys";
const SIGN_IN = "/api/v1/auth/passkey";
const OURS = { origin: "http://localhost", rpId: "localhost" };

async function challengeOf(mine: Browser, path: string, sent?: unknown): Promise<string> {
  const { status, body } = await mine.send("POST", path, sent);
  expect(status, JSON.stringify(body)).toBe(200);
  return String(contract.passkeyQuestion.parse(body)["challenge"]);
}

/** Somebody with a passkey on a device. */
async function withPasskey(name: string) {
  const someone = await newPerson(name);
  const device = new SoftwareAuthenticator();
  const challenge = await challengeOf(someone.mine, `${ROUTE}/options`, { password: PASSWORD });
  const kept = await someone.mine.send("POST", ROUTE, { name: "phone", answer: device.make({ challenge, ...OURS }) });
  expect(kept.status, JSON.stringify(kept.body)).toBe(204);
  return { ...someone, device };
}

test("a passkey is made with the password, and opens the account without it", async () => {
  const { id, mine, device } = await withPasskey("ada");
  const { passkeys } = contract.passkeyList.parse((await mine.get(ROUTE)).body);
  expect(passkeys).toMatchObject([{ name: "phone", backedUp: false }]);
  // It stays where nothing but sessions ends.
  expect((await mine.send("DELETE", "/api/v1/account/sessions")).status).toBe(204);
  const here = browser();
  const challenge = await challengeOf(here, `${SIGN_IN}/options`);
  const answer = device.show({ challenge, ...OURS });
  expect((await here.send("POST", SIGN_IN, { answer })).body).toMatchObject({ next: "signed-in" });
  expect((await sessionOf(here)).person).toMatchObject({ id });
  // The same proof once more, in this browser or another that heard it.
  expect(codeOf(await here.send("POST", SIGN_IN, { answer }))).toBe("AUTH_PASSKEY_REFUSED");
});

test("without the password no passkey is made, and none with what another was asked", async () => {
  const { mine } = await newPerson("bob");
  expect(codeOf(await mine.send("POST", `${ROUTE}/options`, {}))).toBe("AUTH_WRONG_PASSWORD");
  const eve = await newPerson("eve");
  const challenge = await challengeOf(eve.mine, `${ROUTE}/options`, { password: PASSWORD });
  const answer = new SoftwareAuthenticator().make({ challenge, ...OURS });
  expect(codeOf(await mine.send("POST", ROUTE, { name: "hers", answer }))).toBe("AUTH_PASSKEY_REFUSED");
  for (const [name, value] of eve.mine.cookies) if (name.includes("passkey")) mine.cookies.set(name, value);
  expect(codeOf(await mine.send("POST", ROUTE, { name: "hers", answer }))).toBe("AUTH_PASSKEY_REFUSED");
});

test.each([
  ["for a page of another site", { origin: "https://elsewhere.example" }],
  ["for another name", { rpId: "elsewhere.example" }],
  ["without its owner", { verified: false }],
  ["to another question", { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
])("a proof %s opens nothing, and nothing is kept by one", async (name, wrong) => {
  const { mine, device } = await withPasskey(`somebody${name.replaceAll(" ", "-")}`);
  const here = browser();
  const right = { challenge: await challengeOf(here, `${SIGN_IN}/options`), ...OURS };
  const shown = await here.send("POST", SIGN_IN, { answer: device.show({ ...right, ...wrong }) });
  expect(codeOf(shown)).toBe("AUTH_PASSKEY_REFUSED");
  expect((await sessionOf(here)).person).toBeNull();
  const challenge = await challengeOf(mine, `${ROUTE}/options`, { password: PASSWORD });
  const made = new SoftwareAuthenticator().make({ challenge, ...OURS, ...wrong });
  expect(codeOf(await mine.send("POST", ROUTE, { name: "second", answer: made }))).toBe("AUTH_PASSKEY_REFUSED");
  expect(contract.passkeyList.parse((await mine.get(ROUTE)).body).passkeys).toHaveLength(1);
});

test("a signature of another device opens nothing", async () => {
  const { device } = await withPasskey("frank");
  const here = browser();
  const challenge = await challengeOf(here, `${SIGN_IN}/options`);
  const other = new SoftwareAuthenticator().show({ challenge, ...OURS });
  const id = device.id.toString("base64url");
  const answer = { ...other, id, rawId: id };
  expect(codeOf(await here.send("POST", SIGN_IN, { answer }))).toBe("AUTH_PASSKEY_REFUSED");
});

test("whoever is kept out, or has forgotten the passkey, does not come in by it", async () => {
  const { id, mine, device } = await withPasskey("grace");
  const show = async () => {
    const here = browser();
    const challenge = await challengeOf(here, `${SIGN_IN}/options`);
    return codeOf(await here.send("POST", SIGN_IN, { answer: device.show({ challenge, ...OURS }) }));
  };
  await query(db, `UPDATE people SET blocked = true WHERE id = '${id}'`);
  expect(await show()).toBe("AUTH_KEPT_OUT");
  await query(db, `UPDATE people SET blocked = false WHERE id = '${id}'`);
  const [passkey] = contract.passkeyList.parse((await mine.get(ROUTE)).body).passkeys;
  const stranger = await newPerson("heidi");
  const remove = (of: typeof mine, proof: unknown) => of.send("POST", `${ROUTE}/${passkey?.id}/remove`, proof);
  expect(codeOf(await remove(stranger.mine, { password: PASSWORD }))).toBe("AUTH_NO_SUCH_PASSKEY");
  expect(codeOf(await remove(mine, {}))).toBe("AUTH_WRONG_PASSWORD");
  expect((await remove(mine, { password: PASSWORD })).status).toBe(204);
  expect(await show()).toBe("AUTH_PASSKEY_REFUSED");
});
