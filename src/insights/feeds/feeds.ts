import type { DatedBrief, Standings } from "../brief/brief.ts";
import { markedHeadline, overviewOf, titleOf } from "../brief/brief-words.ts";
import { firstBlockOf } from "../compose-update.ts";
import type { Insight, InsightStatus } from "../insight.ts";
import { type AtomFeed, writeAtom } from "./atom.ts";

/** Unix seconds of the clock on the wall at which what is told last changed. */
type Updated = { readonly updatedAt: number };

export type FeedInsight = Insight & Updated & { readonly status: InsightStatus; readonly statusReason: string | null };

export type FeedBrief = Updated & { readonly dated: DatedBrief; readonly standings: Standings };

export type FeedPlaces = {
  readonly network: string;
  readonly chainId: string;
  readonly simulated: boolean;
  /** The server's address as the reader knows it, without a slash at its end. */
  readonly baseUrl: string;
};

/** The newest insights; what was retracted says so under its old id. */
export function writeInsightFeed(insights: readonly FeedInsight[], places: FeedPlaces): string {
  return writeAtom({
    ...feedOf(places, { name: "insights", pageUrl: "/dashboard" }),
    entries: insights.map((insight) => ({
      name: `insight:${insight.id}`,
      title: marked(`${insight.status === "retracted" ? "Retracted: " : ""}${insight.headline}`, places),
      // Of an event that goes on the block in which it was told: what changes since is what was updated.
      published: firstBlockOf(insight).time,
      updated: insight.updatedAt,
      url: `${places.baseUrl}/insights/${insight.id}`,
      summary: [insight.status === "retracted" ? insight.statusReason : null, insight.summary]
        .flatMap((each) => each ?? [])
        .join(" "),
      category: insight.category,
    })),
  });
}

/** The newest briefs, with what of them was retracted or restated since. */
export function writeBriefFeed(briefs: readonly FeedBrief[], places: FeedPlaces): string {
  return writeAtom({
    ...feedOf(places, { name: "briefs", pageUrl: "/briefs" }),
    entries: briefs.map(({ dated, standings, updatedAt }) => ({
      name: `brief:${dated.brief.day}`,
      title: marked(titleOf(dated), places),
      published: dated.publishedAt ?? updatedAt,
      updated: updatedAt,
      url: `${places.baseUrl}/briefs/${dated.brief.day}`,
      summary: [overviewOf(dated), ...headlinesOf(dated, standings)].join(" "),
      category: "brief",
    })),
  });
}

function headlinesOf({ brief }: DatedBrief, standings: Standings): readonly string[] {
  return brief.items.map(({ insight }, index) => `${index + 1}. ${markedHeadline(insight, standings)}.`);
}

type FeedFacts = { readonly name: "insights" | "briefs"; readonly pageUrl: string };

function feedOf(places: FeedPlaces, { name, pageUrl }: FeedFacts): Omit<AtomFeed, "entries"> {
  const { network, chainId, baseUrl } = places;
  return {
    name,
    chainId,
    title: marked(`utxoIQ ${name} of ${network}`, places),
    subtitle: places.simulated
      ? "A simulated network: nothing of this happened on Bitcoin."
      : "What happened on-chain and stands out, with evidence.",
    url: `${baseUrl}/feeds/${name}.atom`,
    pageUrl: `${baseUrl}${pageUrl}`,
  };
}

const MARK = "(simulated)";

/** Reader programs show titles alone, so each says it, and once: names of simulated owners say it too. */
function marked(title: string, { simulated }: FeedPlaces): string {
  return simulated && !title.includes(MARK) ? `${title} ${MARK}` : title;
}
