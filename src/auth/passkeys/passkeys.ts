import { isIP } from "node:net";
import { access } from "#store";
import type { Accounts } from "../accounts.ts";
import type { BetterAuth } from "../better-auth.ts";
import { betterAuthCode } from "../better-auth-code.ts";
import { passkeyRefused } from "../errors.ts";
import { finishSignIn, type SignedIn } from "../finish-sign-in.ts";
import { holdOwn } from "../hold-own.ts";
import { inOneTransaction } from "../one-transaction.ts";
import { type Proof, proveAgain } from "../prove-again.ts";
import type { Changing } from "../second-factor/set-up.ts";
import { tellOfChange } from "../tell-of-change.ts";
import { headersOf, type Visitor } from "../visitor.ts";

/** What a browser is asked to do, in the words of WebAuthn, with the cookie that belongs to it. */
export type PasskeyQuestion = {
  readonly options: Readonly<Record<string, unknown>>;
  readonly cookies: readonly string[];
};

type Api = BetterAuth["api"];
/** What a browser answers, in the words of WebAuthn; the library reads it. */
type PasskeyProof = NonNullable<Parameters<Api["verifyPasskeyAuthentication"]>[0]>["body"]["response"];
type MadePasskey = NonNullable<Parameters<Api["verifyPasskeyRegistration"]>[0]>["body"]["response"];

/** Browsers make passkeys for names alone, over TLS or on their own machine. */
export function hasPasskeys({ publicUrl }: Pick<Accounts, "publicUrl">): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  if (isIP(hostname.replaceAll(/[[\]]/g, "")) !== 0) return false;
  return protocol === "https:" || hostname === "localhost";
}

/** @throws AppError AUTH_WRONG_PASSWORD, AUTH_WRONG_CODE, AUTH_SIGN_IN_AGAIN */
export async function askForNewPasskey(accounts: Accounts, proof: Proof): Promise<PasskeyQuestion> {
  await proveAgain(accounts, proof);
  const { api } = await accounts.betterAuth();
  const asked = { headers: headersOf(proof.visitor), returnHeaders: true } as const;
  const { headers, response } = await api.generatePasskeyRegistrationOptions(asked);
  return { options: { ...response }, cookies: headers.getSetCookie() };
}

type Saving = Pick<Changing, "person" | "visitor" | "audit"> & {
  readonly name: string;
  readonly answer: MadePasskey;
};

/** @throws AppError AUTH_PASSKEY_REFUSED, AUTH_SIGN_IN_AGAIN */
export async function savePasskey(accounts: Accounts, { person, visitor, audit, name, answer }: Saving): Promise<void> {
  const { api } = await accounts.betterAuth();
  await inOneTransaction(accounts.db, async (trx) => {
    await holdOwn(trx, person);
    const asked = { body: { response: answer, name }, headers: headersOf(visitor) };
    await api.verifyPasskeyRegistration(asked).catch(refuse);
    await access.appendAudit(trx, audit);
  });
  tellOfChange(accounts, person.email, "it can be opened with one passkey more");
}

/** What a browser that wants to sign in is asked; of whom is not known yet. */
export async function askForPasskey(accounts: Accounts, visitor: Visitor): Promise<PasskeyQuestion> {
  const { api } = await accounts.betterAuth();
  // Whoever is signed in beside is not who this is about.
  const asked = { headers: headersOf({ ...visitor, cookie: "" }), returnHeaders: true } as const;
  const { headers, response } = await api.generatePasskeyAuthenticationOptions(asked);
  return { options: { ...response, userVerification: "required" }, cookies: headers.getSetCookie() };
}

/**
 * A new session. A passkey is something that one has, opened by what one knows or is, so no code is asked for beside it.
 * @throws AppError AUTH_PASSKEY_REFUSED, AUTH_KEPT_OUT, AUTH_SIGN_IN_REFUSED
 */
export async function signInByPasskey(
  accounts: Accounts,
  {
    answer,
    visitor,
    anonymousId,
  }: { readonly answer: PasskeyProof; readonly visitor: Visitor; readonly anonymousId: string | null },
): Promise<SignedIn> {
  const { api } = await accounts.betterAuth();
  const entrance = await access.accounts.findEntranceByPasskey(accounts.db, answer.id);
  const asked = { body: { response: answer }, headers: headersOf(visitor), returnHeaders: true } as const;
  const { headers } = await api.verifyPasskeyAuthentication(asked).catch(refuse);
  return finishSignIn(accounts, { cookies: headers.getSetCookie(), anonymousId, entrance });
}

function refuse(error: unknown): never {
  if (betterAuthCode(error) === undefined && !(error instanceof TypeError)) throw error;
  throw passkeyRefused();
}
