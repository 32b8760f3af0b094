/** What a person sees of a command. Results go to standard output, everything else is for the eye. */
export type Terminal = {
  /** One stage, one line. */
  line(label: string, text: string): void;
  /** Redraws one line in place on a terminal; elsewhere prints it at start, at every quarter and at the end. */
  progress(label: string, progress: Progress): void;
};

/** `unit`: of what there are so many; blocks where nothing is said. `perSecond`: where it is measured; else by the time so far. */
type Progress = {
  readonly done: number;
  readonly total: number;
  readonly unit?: string;
  readonly perSecond?: number;
};

const BAR_WIDTH = 24;
const LABEL_WIDTH = 11;
const REDRAW_MS = 100;

export function createTerminal(stream: NodeJS.WriteStream): Terminal {
  let open = false;
  const endBar = (): void => {
    if (open) stream.write("\n");
    open = false;
  };
  const bars = new Map<string, Bar>();
  return {
    line(label, text) {
      endBar();
      stream.write(`${label.padEnd(LABEL_WIDTH)} ${text}\n`);
    },
    progress(label, { done, total, unit = "blocks", perSecond }) {
      const bar = bars.get(label) ?? { startedAt: performance.now(), drawnAt: -Infinity, quarter: -1, ended: false };
      bars.set(label, bar);
      if (bar.ended || total === 0) return;
      bar.ended = done >= total;
      const text = `${label.padEnd(LABEL_WIDTH)} ${drawBar({ done, total, unit, perSecond }, performance.now() - bar.startedAt)}`;
      if (stream.isTTY) {
        if (!bar.ended && performance.now() - bar.drawnAt < REDRAW_MS) return;
        bar.drawnAt = performance.now();
        stream.write(`\r${text}\u001B[K`);
        open = true;
        if (bar.ended) endBar();
        return;
      }
      const quarter = Math.floor((4 * done) / total);
      if (quarter > bar.quarter) stream.write(`${text}\n`);
      bar.quarter = Math.max(bar.quarter, quarter);
    },
  };
}

type Bar = { readonly startedAt: number; drawnAt: number; quarter: number; ended: boolean };

type Drawn = Omit<Required<Progress>, "perSecond"> & { readonly perSecond: number | undefined };

function drawBar({ done, total, unit, perSecond }: Drawn, elapsedMs: number): string {
  const filled = Math.floor((BAR_WIDTH * done) / total);
  const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
  const percent = `${Math.floor((100 * done) / total)} %`.padStart(5);
  const count = `${percent} · ${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${unit}`;
  if (done === 0 || elapsedMs < 500) return `${bar} ${count}`;
  const rate = Math.max(perSecond ?? (1000 * done) / elapsedMs, 0.001);
  const pace = `${Math.round(rate).toLocaleString("en")} ${unit}/s`;
  return done >= total
    ? `${bar} ${count} · ${pace}`
    : `${bar} ${count} · ${pace} · ${Math.ceil((total - done) / rate)} s left`;
}
