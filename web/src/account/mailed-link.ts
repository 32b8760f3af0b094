export type MailedLink = {
  readonly token: string;
  /** Whom an invitation is for. */
  readonly email: string | null;
};

/** Pages are drawn more than once; each has its own. */
const taken = new Map<string, MailedLink>();

/** What the link of a letter carries behind its #, which no server sees; it does not stay in the address, nor in the history. */
export function mailedLink(): MailedLink | undefined {
  const { hash, pathname, search } = location;
  const parts = new URLSearchParams(hash.slice(1));
  const token = parts.get("token");
  if (token !== null) {
    taken.set(pathname, { token, email: parts.get("email") });
    history.replaceState(history.state, "", `${pathname}${search}`);
  }
  return taken.get(pathname);
}

export function mailedToken(): string | undefined {
  return mailedLink()?.token;
}
