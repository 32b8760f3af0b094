/** What a `Cookie` header says under a name. */
export function readCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(";")) {
    const start = pair.indexOf("=");
    if (start > 0 && pair.slice(0, start).trim() === name) return pair.slice(start + 1).trim();
  }
  return undefined;
}
