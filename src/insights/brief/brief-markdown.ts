import type { BriefItem, DatedBrief, Standings } from "./brief.ts";
import { alsoOf, figuresOf, networkOf, noticeOf, overviewOf, placeOf, provenanceOf, titleOf } from "./brief-words.ts";

export type BriefPlaces = {
  /** Address of the picture of an item, counted from 1; `undefined` leaves pictures out. */
  readonly pictureUrl?: ((number: number) => string) | undefined;
};

/** A brief as Markdown (CommonMark). */
export function writeBriefMarkdown(dated: DatedBrief, standings: Standings, { pictureUrl }: BriefPlaces = {}): string {
  const head = [`# ${escapeMarkdown(titleOf(dated))}`, `**${escapeMarkdown(networkOf(dated))}**`, overviewOf(dated)];
  const items = dated.brief.items.map((item, index) => writeItem(item, standings, { number: index + 1, pictureUrl }));
  return `${[...head, ...items, `*${provenanceOf(dated)}*`].join("\n\n")}\n`;
}

type Place = BriefPlaces & { readonly number: number };

function writeItem(item: BriefItem, standings: Standings, { number, pictureUrl }: Place): string {
  const { insight, also, picture } = item;
  const notice = noticeOf(insight, standings);
  const parts = [
    `## ${number}. ${escapeMarkdown(insight.headline)}`,
    notice === undefined ? [] : `**${escapeMarkdown(notice)}**`,
    escapeMarkdown(insight.summary),
    picture === null || pictureUrl === undefined
      ? []
      : `![${escapeMarkdown(picture.chart.series.name)}](${pictureUrl(number)})`,
    [...[...figuresOf(insight), placeOf(insight)].map(escapeMarkdown), `insight \`${insight.id}\``]
      .map((figure) => `- ${figure}`)
      .join("\n"),
    also.length === 0 ? [] : escapeMarkdown(alsoOf(item, standings)),
  ];
  return parts.flat().join("\n\n");
}

/** Names come from label files: whatever has a meaning in Markdown or HTML is told to be text. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|&]/g, String.raw`\$&`).replaceAll(/\s+/g, " ");
}
