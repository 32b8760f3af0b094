const OURS = "http://ours.invalid";

/** A page of ours and nothing else: another site must not send people on to itself by way of us. */
export function returnAddress(given: unknown): string {
  const fallback = "/dashboard";
  if (typeof given !== "string" || !given.startsWith("/")) return fallback;
  const url = URL.parse(given, OURS);
  if (url === null || url.origin !== OURS) return fallback;
  const address = `${url.pathname}${url.search}${url.hash}`;
  // Without its dots a path may have become the name of another site.
  return URL.parse(address, OURS)?.origin === OURS ? address : fallback;
}
