/** What stands after the question mark, as plain words: a link that a person can read, write and send. */
export type SearchText = Readonly<Record<string, string>>;

export function parseSearch(text: string): SearchText {
  return Object.fromEntries(new URLSearchParams(text));
}

/** What is undefined is left out: it is what the page shows unless told otherwise. */
export function stringifySearch(search: Readonly<Record<string, string | number | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined) parameters.set(name, String(value));
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
