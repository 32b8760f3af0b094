import type { accounts } from "#contract";
import { sendJson } from "../server/send-json.ts";

type Creation = PublicKeyCredentialCreationOptionsJSON;
type Request = PublicKeyCredentialRequestOptionsJSON;

/** Whether this browser knows passkeys, and how to write down what they prove. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

/** Has the browser make a passkey, and the server keep it. */
export async function makePasskey(name: string, proof: Readonly<Record<string, string>>): Promise<void> {
  const asked = await sendJson<accounts.PasskeyQuestion>("/api/v1/account/passkeys/options", proof);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked as unknown as Creation);
  const made = await orTold(navigator.credentials.create({ publicKey }));
  await sendJson("/api/v1/account/passkeys", { name, answer: answerOf(made) });
}

/** Has the browser show a passkey to the server. */
export async function signInByPasskey(): Promise<void> {
  const asked = await sendJson<accounts.PasskeyQuestion>("/api/v1/auth/passkey/options");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked as unknown as Request);
  const shown = await orTold(navigator.credentials.get({ publicKey }));
  await sendJson("/api/v1/auth/passkey", { answer: answerOf(shown) });
}

/** What browsers say of it is for programmers. */
async function orTold(asked: Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = await asked.catch((cause: unknown) => {
    throw new Error("the browser made or found no passkey", { cause });
  });
  if (credential instanceof PublicKeyCredential) return credential;
  throw new Error("the browser made or found no passkey");
}

function answerOf(credential: PublicKeyCredential): unknown {
  return credential.toJSON();
}
