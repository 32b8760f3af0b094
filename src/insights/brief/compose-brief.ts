import { type ChartSpec, chartOf } from "../chart.ts";
import type { Insight, InsightStatus } from "../insight.ts";
import type { Brief, BriefItem, ChartPoint, Day } from "./brief.ts";
import { groupEvents } from "./group-events.ts";
import { type RankedEvent, rankEvents } from "./rank-events.ts";

const FEWEST = 3;
const MOST = 5;

/** A fourth and a fifth event have to count at least this part of what the first counts. */
const WORTH_A_LINE = 0.25;

export type DayGround = {
  readonly day: Day;
  readonly network: string;
  readonly simulated: boolean;
  readonly blocks: Brief["blocks"];
  readonly insights: readonly (Insight & { readonly status: InsightStatus })[];
};

/** The numbers that a chart asks for. */
export type ReadPoints = (chart: ChartSpec) => readonly ChartPoint[];

export type ChosenEvent = RankedEvent<DayGround["insights"][number]> & { readonly chart: ChartSpec | null };

/** The events that a brief of the day tells of, strongest first, with what to draw of each. Pure. */
export function chooseEvents(ground: DayGround): readonly ChosenEvent[] {
  return choose(eventsOf(ground));
}

function choose(events: ReturnType<typeof eventsOf>): readonly ChosenEvent[] {
  return top(rankEvents(events)).map((event) => ({ ...event, chart: chartOf(event.lead) }));
}

/** The brief of a day. Pure: the same insights, in any order, and the same numbers give the same brief. */
export function composeBrief(ground: DayGround, readPoints: ReadPoints): Brief {
  const { day, network, simulated, blocks } = ground;
  const events = eventsOf(ground);
  const items = choose(events).map((event) => itemOf(event, readPoints));
  return { day, network, simulated, blocks, insights: events.flat().length, events: events.length, items };
}

function eventsOf({ insights }: DayGround): ReturnType<typeof groupEvents<DayGround["insights"][number]>> {
  const standing = insights
    .filter(({ status }) => status !== "retracted")
    .toSorted((left, right) => left.height - right.height || (left.id < right.id ? -1 : 1));
  return groupEvents(standing);
}

/** Fewer than three where the day had no more: nothing is made up to fill a page. */
function top<Each extends Insight>(ranked: readonly RankedEvent<Each>[]): readonly RankedEvent<Each>[] {
  const least = (ranked[0]?.score.product ?? 0) * WORTH_A_LINE;
  return ranked.slice(0, MOST).filter(({ score }, index) => index < FEWEST || score.product >= least);
}

function itemOf({ lead, others, score, chart }: ChosenEvent, readPoints: ReadPoints): BriefItem {
  const points = chart === null ? [] : readPoints(chart);
  return {
    insight: insightAlone(lead),
    also: others.map(({ id, headline, blockHash }) => ({ id, headline, blockHash })),
    score,
    picture: chart === null || !points.some(({ value }) => value !== null) ? null : { chart, points },
  };
}

/** What was said, without where it stood at the time. */
function insightAlone(insight: Insight): Insight {
  const { id, kind, category, height, blockHash, blockTime, headline, summary } = insight;
  const { surprise, confidence, evidence, simulated } = insight;
  const said = { id, kind, category, height, blockHash, blockTime, headline, summary };
  return { ...said, surprise, confidence, evidence, simulated };
}
