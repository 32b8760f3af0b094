import { access, type Database } from "#store";
import { ADDRESS_HEADER, REQUEST_HEADER } from "../visitor.ts";

/** What the library tells of the request in which it makes an account. */
type Making = {
  readonly path: string;
  readonly params?: Readonly<Record<string, string | undefined>> | undefined;
  readonly headers?: Headers | undefined;
};

/** Writes down that somebody has an account by another's word. Any other is written down with what makes it. */
export async function noteNewAccount(db: Database, id: string, making: Making | null): Promise<void> {
  const { path = "", params, headers } = making ?? {};
  const by = path === "/sign-in/firebase" ? "firebase" : path.startsWith("/callback/") ? params?.["id"] : undefined;
  if (by === undefined) return;
  await access.appendAudit(db, {
    role: "guest",
    personId: null,
    address: headers?.get(ADDRESS_HEADER) ?? null,
    action: "account.sign-up",
    target: `person ${id}`,
    details: { by },
    requestId: headers?.get(REQUEST_HEADER) ?? null,
  });
}
