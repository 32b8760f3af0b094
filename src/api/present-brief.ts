import type { Brief, BriefList } from "#contract";
import { type BriefItem, changeOf, idsOfBrief, type Picture } from "#insights";
import type { StandingAt, StoredBrief } from "#store";
import { pathOfBrief, pathOfPicture } from "./brief-paths.ts";
import { isoTime, presentStanding } from "./present.ts";

type StandingsNow = ReadonlyMap<string, StandingAt>;

/** A brief as it was published, with where its insights stand now. */
export function presentBrief(stored: StoredBrief, standings: StandingsNow): Brief {
  const { blocks, insights, items, day } = stored.brief;
  return {
    ...factsOf(stored),
    blocks,
    insights,
    retracted: idsOfBrief(stored).filter((id) => standings.get(id)?.status === "retracted").length,
    items: items.map((item, index) => presentItem(item, standings, { day, number: index + 1 })),
  };
}

export function presentBriefLine(stored: StoredBrief): BriefList["briefs"][number] {
  return { ...factsOf(stored), headlines: stored.brief.items.map(({ insight }) => insight.headline) };
}

function factsOf({ brief, publishedAt }: StoredBrief) {
  const { day, network, simulated, events } = brief;
  return { date: day, network, simulated, publishedAt: isoTime(publishedAt), url: pathOfBrief(day), events };
}

type Place = { readonly day: string; readonly number: number };

function presentItem(item: BriefItem, standings: StandingsNow, place: Place): Brief["items"][number] {
  const { insight, also, score, picture } = item;
  const { status, reason } = standingOf(standings, insight.id);
  return {
    // A brief stays as it was published, in the template's words.
    insight: presentStanding({ ...insight, wording: null, status, statusReason: reason }),
    restated: restatementOf(insight, standings),
    also: also.map((told) => ({
      id: told.id,
      headline: told.headline,
      status: standingOf(standings, told.id).status,
      restated: restatementOf(told, standings),
    })),
    score: { ...score },
    picture: picture && presentPicture(picture, place),
  };
}

function presentPicture({ chart, points }: Picture, { day, number }: Place): Brief["items"][number]["picture"] {
  return {
    svgUrl: pathOfPicture(day, number, "svg"),
    pngUrl: pathOfPicture(day, number, "png"),
    chart,
    points: points.map((point) => ({ ...point, time: isoTime(point.time) })),
  };
}

/** Where an insight stands that was told anew of another block since. */
function restatementOf(told: BriefItem["also"][number], standings: StandingsNow): Brief["items"][number]["restated"] {
  const change = changeOf(told, standings);
  if (change === undefined || change.status === "retracted") return null;
  return { height: change.height, blockHash: change.blockHash };
}

/** What is in a brief was published, so it stands somewhere. */
function standingOf(standings: StandingsNow, id: string): Pick<StandingAt, "status" | "reason"> {
  return standings.get(id) ?? { status: "preliminary", reason: null };
}
