/** What the link of a letter carries behind its #, which no server sees. */
export function mailedToken(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get("token") ?? undefined;
}
