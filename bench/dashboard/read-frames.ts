/** What Chromium's trace tells of the page's main thread. Milliseconds. */
export type FrameCosts = { readonly frames: number; readonly longestTaskMs: number; readonly frameP95Ms: number };

/** Microseconds, as they stand in a trace. */
type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
};

const FRAME = "BeginMainThreadFrame";
const TASK = "RunTask";
/** Of what happens within a task: script, and layout with the styles before it. */
const WORK = new Set([
  "FunctionCall",
  "EvaluateScript",
  "EventDispatch",
  "FireAnimationFrame",
  "TimerFire",
  "RunMicrotasks",
  "Layout",
  "UpdateLayoutTree",
]);

/** @throws Error where the trace holds no frame of a page */
export function readFrames(trace: Buffer): FrameCosts {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const thread = mainThreadOf(traceEvents);
  const own = traceEvents.filter(({ pid, tid }) => pid === thread.pid && tid === thread.tid);
  const starts = own.filter(({ name }) => name === FRAME).map(({ ts }) => ts);
  const tasks = own.filter(({ name, ph }) => name === TASK && ph === "X").map(({ dur = 0 }) => dur);
  const work = outermost(own.filter(({ name, ph }) => ph === "X" && WORK.has(name)));
  const costs = starts.map(() => 0);
  let frame = 0;
  for (const { ts, dur = 0 } of work) {
    while (frame + 1 < starts.length && (starts[frame + 1] ?? Infinity) <= ts) frame += 1;
    costs[frame] = (costs[frame] ?? 0) + dur;
  }
  const sorted = costs.toSorted((left, right) => left - right);
  const toMs = (us: number): number => Math.round(us / 100) / 10;
  return {
    frames: starts.length,
    longestTaskMs: toMs(Math.max(0, ...tasks)),
    frameP95Ms: toMs(sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN),
  };
}

/** Of the renderer that drew most: helpers of the browser have main threads as well. */
function mainThreadOf(events: readonly TraceEvent[]): Pick<TraceEvent, "pid" | "tid"> {
  const threads = Map.groupBy(
    events.filter(({ name }) => name === FRAME),
    ({ pid, tid }) => `${pid} ${tid}`,
  );
  const [most] = [...threads.values()].toSorted((left, right) => right.length - left.length);
  const event = most?.[0];
  if (event === undefined) throw new Error("the trace holds no frame");
  return event;
}

/** Without those that happen within another. */
function outermost(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const kept: TraceEvent[] = [];
  let end = 0;
  for (const event of events.toSorted((left, right) => left.ts - right.ts)) {
    if (event.ts < end) continue;
    kept.push(event);
    end = event.ts + (event.dur ?? 0);
  }
  return kept;
}
