import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect } from "vitest";
import { type ApiOptions, type RunningApi, startApi } from "#api";
import { drawSecrets, openAccounts } from "#auth";
import { createLogger } from "#lib";
import { type access, claimChain, saveBlocks } from "#store";
import { openTestDatabase } from "../database.ts";
import { storedChain } from "../stored-blocks.ts";
import { type Browser, browserOf } from "./browser.ts";

type Letter = { readonly to: string; readonly subject: string; readonly text: string };
type Options = Partial<NonNullable<ApiOptions["accounts"]>> & { readonly webRoot?: string };

type Being = { readonly role?: access.accounts.PersonRole; readonly hasPassword?: boolean };

export const PASSWORD = "correct horse battery";

/** A server with accounts on a database of its own, for a test file. */
export async function openAccountsGround({ webRoot = "/none", ...options }: Options = {}) {
  const { db, connection } = await openTestDatabase();
  const secrets = drawSecrets();
  const letters: Letter[] = [];
  const mailed = {
    publicUrl: "http://localhost",
    registration: "open" as const,
    sendLetter: async (letter: Letter) => void letters.push(letter),
    ...options,
  };
  const logger = createLogger(undefined, "silent");
  const accounts = openAccounts({ ...mailed, db, instanceKey: secrets.instanceKey, onFault: () => undefined });
  let api: RunningApi | undefined;
  let hash: string | undefined;
  beforeAll(async () => {
    await claimChain(db, { network: "simnet", chainId: "test", simulated: true });
    await saveBlocks(db, storedChain(2));
    api = await startApi({
      db,
      connection,
      logger,
      host: "127.0.0.1",
      webRoot,
      secrets,
      port: 0,
      accounts: mailed,
    });
  });
  afterAll(() => api?.stop());
  const browser = (headers?: Readonly<Record<string, string>>): Browser => {
    if (api === undefined) throw new Error("the server is not started yet");
    return browserOf(api, headers);
  };
  return {
    db,
    accounts,
    secrets,
    letters,
    browser,
    /**
     * Somebody of a role with a confirmed address, signed in; and their address. Without a password, which takes a
     * while to check, they are as somebody who signs in by another's word.
     */
    async newPerson(name: string, { role = "member", hasPassword = true }: Being = {}) {
      const email = `${name}@example.org`;
      const { internalAdapter, password } = await (await accounts.betterAuth()).$context;
      const being = { name, email, emailVerified: true, role };
      const { id } = await internalAdapter.createUser(being, { method: "admin" });
      if (hasPassword) {
        hash ??= await password.hash(PASSWORD);
        const method = { userId: id, providerId: "credential", accountId: id, password: hash };
        await internalAdapter.linkAccount(method);
      }
      const mine = browser();
      const { token } = await internalAdapter.createSession(id);
      const signature = createHmac("sha256", accounts.secret).update(token).digest("base64");
      mine.cookies.set(accounts.cookieName, encodeURIComponent(`${token}.${signature}`));
      return { id, email, mine };
    },
    /** What the link of the newest letter to somebody carries. */
    async tokenOf(to: string): Promise<string> {
      const find = () => /#token=([^\s&]+)/.exec(letters.findLast((letter) => letter.to === to)?.text ?? "")?.[1];
      await expect.poll(find).toBeDefined();
      return decodeURIComponent(find() ?? "");
    },
  };
}
