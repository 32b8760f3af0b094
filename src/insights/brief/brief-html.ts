import { escapeMarkup } from "../escape-markup.ts";
import type { BriefItem, DatedBrief, Standings } from "./brief.ts";
import type { BriefPlaces } from "./brief-markdown.ts";
import { alsoOf, figuresOf, networkOf, noticeOf, overviewOf, placeOf, provenanceOf, titleOf } from "./brief-words.ts";

const STYLE = `
:root { color-scheme: light dark; --page: #fff; --text: #17202b; --quiet: #5b6675; --line: #dfe4ea; --link: #8a4b00;
  --warn: #8a4b00; --ground: #fff4e0; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0b0d10; --text: #e8eaed; --quiet: #9aa3af; --line: #262b33; --link: #ffa62b; --warn: #ffc36b;
    --ground: #33260f; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 1.25rem 1rem 3rem; color: var(--text); background: var(--page);
  font: 1rem/1.55 Inter, system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-bottom: 1rem; font-size: .875rem; }
nav a:first-child { margin-right: auto; font-weight: 600; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.15rem; line-height: 1.35; margin: 0 0 .5rem; }
article { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: 1.5rem; }
img { display: block; width: 100%; height: auto; margin: 1rem 0; border: 1px solid var(--line); border-radius: 8px; }
ul { margin: .5rem 0 0; padding: 0; list-style: none; color: var(--quiet); font-size: .875rem; }
footer, .also { color: var(--quiet); font-size: .875rem; }
footer { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: 1rem; }
.note { background: var(--ground); color: var(--warn); border-radius: 6px; padding: .5rem .75rem; font-weight: 600; }
`;

export type PagePlaces = BriefPlaces & {
  /** Address of an insight, by its id. */
  readonly insightUrl?: ((id: string) => string) | undefined;
  /** Where one can go from the page: names and addresses. */
  readonly ways?: readonly { readonly name: string; readonly url: string }[] | undefined;
};

/** A brief as a page of its own: no script, no font and no style from elsewhere. */
export function writeBriefHtml(dated: DatedBrief, standings: Standings, places: PagePlaces = {}): string {
  const title = escapeMarkup(titleOf(dated));
  const mark = dated.brief.simulated ? ` class="note"` : "";
  const items = dated.brief.items.map((item, index) => writeItem(item, standings, { ...places, number: index + 1 }));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}${dated.brief.simulated ? " (simulated)" : ""} - utxoIQ</title>
<style>${STYLE}</style>
</head>
<body>
${writeWays(places.ways ?? [])}<main>
<h1>${title}</h1>
<p${mark}>${escapeMarkup(networkOf(dated))}</p>
<p>${escapeMarkup(overviewOf(dated))}</p>
${items.join("\n")}
</main>
<footer>${escapeMarkup(provenanceOf(dated))} utxoIQ describes what happened; it gives no advice.</footer>
</body>
</html>
`;
}

function writeWays(ways: NonNullable<PagePlaces["ways"]>): string {
  if (ways.length === 0) return "";
  const links = ways.map(({ name, url }) => `<a href="${escapeMarkup(url)}">${escapeMarkup(name)}</a>`);
  return `<nav aria-label="Pages">${links.join("")}</nav>\n`;
}

function writeItem(item: BriefItem, standings: Standings, places: PagePlaces & { readonly number: number }): string {
  const { insight, also, picture } = item;
  const { number, pictureUrl, insightUrl } = places;
  const notice = noticeOf(insight, standings);
  const id = insightUrl ? `<a href="${escapeMarkup(insightUrl(insight.id))}">evidence</a>` : `insight ${insight.id}`;
  const figures = [...figuresOf(insight), placeOf(insight)].map((figure) => `<li>${escapeMarkup(figure)}</li>`);
  const parts = [
    `<article id="${number}">`,
    `<h2>${number}. ${escapeMarkup(insight.headline)}</h2>`,
    notice === undefined ? [] : `<p class="note">${escapeMarkup(notice)}</p>`,
    `<p>${escapeMarkup(insight.summary)}</p>`,
    picture === null || pictureUrl === undefined
      ? []
      : `<img src="${escapeMarkup(pictureUrl(number))}" alt="Chart: ${escapeMarkup(`${picture.chart.series.name}, block by block`)}" width="480" height="320">`,
    `<ul>${figures.join("")}<li>${id}</li></ul>`,
    also.length === 0 ? [] : `<p class="also">${escapeMarkup(alsoOf(item, standings))}</p>`,
    "</article>",
  ];
  return parts.flat().join("\n");
}
