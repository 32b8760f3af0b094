/** Which outcomes are shown, as it stands in the address; whether there is such a kind the server knows. */
export function readScorecardSearch({ kind }: Readonly<Record<string, unknown>>): { readonly kind?: string } {
  return typeof kind === "string" && /^[a-z-]+$/.test(kind) ? { kind } : {};
}
