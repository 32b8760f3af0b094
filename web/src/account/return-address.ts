/** A page of ours and nothing else: another site must not send people on to itself by way of us. */
export function returnAddress(given: unknown): string {
  const fallback = "/dashboard";
  if (typeof given !== "string" || !given.startsWith("/")) return fallback;
  const url = URL.parse(given, "http://ours.invalid");
  return url !== null && url.origin === "http://ours.invalid" ? `${url.pathname}${url.search}${url.hash}` : fallback;
}
