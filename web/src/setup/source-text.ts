/** What can be chosen on the page; a comma between several, or a `dir:`, is for the command line. */
export const SOURCE_KINDS = [
  { id: "core", word: "Bitcoin Core" },
  { id: "core-files", word: "Its files" },
  { id: "esplora", word: "Esplora server" },
  { id: "simnet", word: "Simulated network" },
] as const;

export type SourceKind = (typeof SOURCE_KINDS)[number]["id"];

export type SourceFields = Readonly<Record<"address" | "user" | "password" | "seed", string>>;

export const NO_FIELDS: SourceFields = { address: "", user: "", password: "", seed: "1" };

/** As `--source` says it. A password may hold any character. */
export function sourceText(kind: SourceKind, { address, user, password, seed }: SourceFields): string {
  if (kind === "simnet") return `simnet:${seed.trim()}`;
  if (kind !== "core") return `${kind}:${address.trim()}`;
  const login = user === "" ? "" : `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
  const [, scheme = "http://", host = ""] = /^(https?:\/\/)?(.*)$/.exec(address.trim()) ?? [];
  return `core:${scheme}${login}${host}`;
}
