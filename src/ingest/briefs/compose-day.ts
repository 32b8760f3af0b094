import { type Brief, chooseEvents, type ChartSpec, composeBrief, type Day, type DayGround, spanOfDay } from "#insights";
import { invariant } from "#lib";
import { type Database, findChain, readChartPoints, readDay } from "#store";

/** The brief of a day by what is stored now. */
export async function composeDay(db: Database, day: Day): Promise<Brief> {
  const span = spanOfDay(day);
  const chain = await findChain(db);
  invariant(span !== undefined, `${day} is a day of the calendar`);
  invariant(chain !== undefined, "a database that is asked for a brief belongs to a chain");
  const { network, simulated } = chain;
  const ground: DayGround = { day, network, simulated, ...(await readDay(db, span)) };
  const points = new Map<string, Awaited<ReturnType<typeof readChartPoints>>>();
  for (const { chart } of chooseEvents(ground)) {
    if (chart !== null) points.set(keyOf(chart), await readChartPoints(db, chart));
  }
  return composeBrief(ground, (chart) => points.get(keyOf(chart)) ?? []);
}

function keyOf(chart: ChartSpec): string {
  return JSON.stringify(chart);
}
