import { escapeMarkup } from "#insights";

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
    `<title>${escapeMarkup(title)} · utxoIQ</title>`,
    `<meta name="description" content="${escapeMarkup(description)}" />`,
    `<meta name="twitter:card" content="${picture === null ? "summary" : "summary_large_image"}" />`,
    ...Object.entries(properties).map(
      ([property, content]) => `<meta property="${property}" content="${escapeMarkup(content)}" />`,
    ),
  ].join("\n    ");
}
