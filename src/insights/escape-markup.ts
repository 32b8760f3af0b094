const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What XML 1.0 has no way to write; a name that holds one is written without it. */
// oxlint-disable-next-line no-control-regex -- these are the characters that have to go
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text for HTML and XML, in an element or a quoted attribute. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(UNWRITABLE, "").replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
