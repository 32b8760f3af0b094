/**
 * `npm run test:firebase`: signs in to the program by Firebase's own emulator of its accounts, which is fetched for it
 * (312 MB), and so is no part of `npm test`.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProgram } from "../helpers/running-program.ts";

const FIREBASE_TOOLS = "firebase-tools@15.34.2";
/** The name of a project that begins so is never looked for in the cloud. */
const PROJECT = "demo-utxoiq";
const EMULATOR = "127.0.0.1:9399";
const PASSWORD = "one of the emulator";

const folder = mkdtempSync(join(tmpdir(), "utxoiq-firebase-"));
const emulator = await startEmulator();
process.env["FIREBASE_AUTH_EMULATOR_HOST"] = EMULATOR;
const accounts = ["--registration", "open", "--firebase-project", PROJECT];
const source = ["--source", "simnet:5", "--history-blocks", "20", "--data", join(folder, "data"), "--port", "0"];
const trusting = startProgram("start", ...source, ...accounts, "--unsafe-firebase-emulator", "yes");
try {
  const url = await trusting.shows(/(http:\/\/\S+)\/dashboard/, 120_000);
  const email = "ada@example.org";
  const { idToken: unproved } = await ask("signUp", { email, password: PASSWORD, returnSecureToken: true });
  check("an address that nobody proved opens nothing", (await signIn(url, unproved)).code === "AUTH_TOKEN_REFUSED");
  await ask("sendOobCode", { requestType: "VERIFY_EMAIL", idToken: unproved });
  await ask("update", { oobCode: await readMailedCode() });
  const { idToken } = await ask("signInWithPassword", { email, password: PASSWORD, returnSecureToken: true });
  const answer = await signIn(url, idToken);
  check("one that is proved opens an account", answer.person?.email === email);
  check("the same account the next time", (await signIn(url, idToken)).person?.id === answer.person?.id);
  check("a token that was cut opens nothing", (await signIn(url, idToken?.slice(0, -5))).person === undefined);
} finally {
  trusting.process.kill("SIGINT");
  await trusting.ended;
  stop(emulator);
  await once(emulator, "exit");
  rmSync(folder, { recursive: true });
}

function check(what: string, holds: boolean): void {
  assert.ok(holds, `not so: ${what}`);
  process.stdout.write(`${what}\n`);
}

async function startEmulator(): Promise<ChildProcess> {
  const [host, port] = EMULATOR.split(":");
  const emulators = { auth: { host, port: Number(port) }, ui: { enabled: false } };
  writeFileSync(join(folder, "firebase.json"), JSON.stringify({ emulators }));
  const args = ["--yes", FIREBASE_TOOLS, "emulators:start", "--only", "auth", "--project", PROJECT];
  const child = spawn("npx", args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"], detached: true });
  const { promise, resolve, reject } = Promise.withResolvers<ChildProcess>();
  child.stdout.on("data", (chunk) => String(chunk).includes("All emulators ready") && resolve(child));
  child.on("exit", () => reject(new Error("the emulator ended before it was ready")));
  return promise;
}

/** With what npx has started; it hands on no signal. */
function stop({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, "SIGTERM");
}

type Told = { readonly idToken?: string };

/** The emulator mails nothing, and tells it. */
async function readMailedCode(): Promise<string | undefined> {
  const answer = await fetch(`http://${EMULATOR}/emulator/v1/projects/${PROJECT}/oobCodes`);
  return ((await answer.json()) as { oobCodes: readonly { oobCode: string }[] }).oobCodes[0]?.oobCode;
}

/** https://cloud.google.com/identity-platform/docs/reference/rest/v1/accounts */
async function ask(what: string, body: object): Promise<Told> {
  const url = `http://${EMULATOR}/identitytoolkit.googleapis.com/v1/accounts:${what}?key=any`;
  return (await post(url, body)) as Told;
}

type Answer = { readonly code?: string; readonly person?: { readonly id: string; readonly email: string } };

async function signIn(url: string, idToken: string | undefined): Promise<Answer> {
  return (await post(`${url}/api/v1/auth/firebase`, { idToken })) as Answer;
}

async function post(url: string, body: object): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  return (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json();
}
