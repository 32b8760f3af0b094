/** What another site shows of a link to a page. */
export type PageHead = {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  /** `null` where there is none. */
  readonly picture: string | null;
};

/** A title with Open Graph tags, for the head of a page. */
export function writePageHead({ title, description, url, picture }: PageHead): string {
  const properties = {
    "og:type": "article",
    "og:site_name": "utxoIQ",
    "og:title": title,
    "og:description": description,
    "og:url": url,
    ...(picture === null ? {} : { "og:image": picture }),
  };
  return [
    `<title>${escapeHtml(title)} · utxoIQ</title>`,
    `<meta name="description" content="${escapeHtml(description)}" />`,
    `<meta name="twitter:card" content="${picture === null ? "summary" : "summary_large_image"}" />`,
    ...Object.entries(properties).map(
      ([property, content]) => `<meta property="${property}" content="${escapeHtml(content)}" />`,
    ),
  ].join("\n    ");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
