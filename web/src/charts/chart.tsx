import { ActionIcon, Button, Menu, useComputedColorScheme } from "@mantine/core";
import { Download, Info, RotateCcw, Table2 } from "lucide-react";
import { type ReactNode, type Ref, useId, useMemo, useState } from "react";
import { useStatus } from "../live/use-status.ts";
import { Hint } from "../parts/hint.tsx";
import styles from "./chart.module.css";
import { ChartCanvas } from "./chart-canvas.tsx";
import { type ChartModel, modelWithin, spanOf } from "./chart-model.ts";
import type { TimeWindow } from "./chart-option.ts";
import { ChartTable } from "./chart-table.tsx";
import { useChartTimes } from "./chart-times.tsx";
import { chartAsCsv, chartAsPicture, download, type PictureType } from "./export-chart.ts";
import { formatValue, unitOfAxis } from "./format-value.ts";

type Props = {
  readonly title: string;
  /** In the title's place where it leads somewhere. */
  readonly heading?: ReactNode;
  /** What it is, on demand. */
  readonly definition?: string;
  /** Undefined while it is fetched. */
  readonly model: ChartModel | undefined;
  /** What could not be had, and why. */
  readonly failure?: string | undefined;
  readonly onRetry?: () => void;
  /** Its place on the page. */
  readonly frame?: Ref<HTMLElement>;
  /** Whether it is not asked for yet, because nobody has come near it. */
  readonly waiting?: boolean;
  /** Where the numbers are from, and how much of it is known. */
  readonly note?: string | undefined;
  /** What is said where there is nothing to draw. */
  readonly empty?: string | undefined;
  readonly height?: number;
};

/** A chart with its title, unit, legend, table, files and source. */
export function Chart({
  title,
  heading,
  definition,
  model,
  failure,
  onRetry,
  frame,
  waiting = false,
  note,
  empty = "No block of this time has a value.",
  height = 240,
}: Props) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const own = useMemo(() => model && spanOf(model), [model]);
  const { bounds = own, zoom, onZoom } = useChartTimes(id, own);
  const seen = useMemo(() => model && modelWithin(model, zoom), [model, zoom]);
  const isEmpty = model !== undefined && own === undefined;
  const isShown = model !== undefined && seen !== undefined && !isEmpty;
  // What comes with the numbers has its place before, so that nothing is moved by it.
  const comes = model === undefined && failure === undefined;
  return (
    <section ref={frame} className={styles.chart} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{heading ?? title}</h2>
        {definition !== undefined && (
          <Hint label={definition} width={320} focus>
            <button type="button" className={styles.info} aria-label={`What ${title} is: ${definition}`}>
              <Info size={14} aria-hidden="true" />
            </button>
          </Hint>
        )}
        <span className={styles.unit}>{model !== undefined && unitOfAxis(model.unit)}</span>
        {isShown && (
          <Tools
            model={model}
            seen={seen}
            title={title}
            note={note}
            asTable={asTable}
            setAsTable={setAsTable}
            window={{ bounds, zoom }}
            onReset={() => onZoom(undefined)}
          />
        )}
      </div>
      {isShown && <Legend model={seen} />}
      {comes && (
        <div className={styles.legend} aria-hidden="true">
          {"\u00a0"}
        </div>
      )}
      <div className={styles.body} style={{ minHeight: height }}>
        {failure !== undefined && (
          <div className={styles.message} role="alert">
            <p>This cannot be shown: {failure}</p>
            {onRetry !== undefined && (
              <Button variant="default" size="sm" mt={8} onClick={onRetry}>
                Try again
              </Button>
            )}
          </div>
        )}
        {comes && (
          <div className={styles.waiting} {...(waiting ? {} : { role: "status", "aria-label": `Loading ${title}` })} />
        )}
        {isEmpty && <p className={styles.message}>{empty}</p>}
        {isShown &&
          (asTable ? (
            <ChartTable title={title} model={seen} />
          ) : (
            <ChartCanvas title={title} model={model} bounds={bounds} zoom={zoom} onZoom={onZoom} height={height} />
          ))}
      </div>
      {(note !== undefined || comes) && <p className={styles.note}>{note ?? "\u00a0"}</p>}
    </section>
  );
}

type ToolsProps = {
  readonly model: ChartModel;
  /** Of it, what is looked at. */
  readonly seen: ChartModel;
  readonly title: string;
  readonly note: string | undefined;
  readonly asTable: boolean;
  readonly setAsTable: (asTable: boolean) => void;
  readonly window: TimeWindow;
  readonly onReset: () => void;
};

function Tools({ model, seen, title, note, asTable, setAsTable, window, onReset }: ToolsProps) {
  const status = useStatus(({ network, simulated }) => ({ network, simulated }));
  const network = status?.simulated === true ? "simulated network" : (status?.network ?? "");
  const scheme = useComputedColorScheme("light");
  const credits = { title, scheme, window, source: [network, note].filter(Boolean).join(" · ") };
  const file = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const now = (): string => new Date().toISOString();
  const saveCsv = (): void =>
    download(`${file}.csv`, URL.createObjectURL(new Blob([chartAsCsv(seen, credits, now())], { type: "text/csv" })));
  const savePicture = (type: PictureType): void =>
    void chartAsPicture(model, credits, { type, now: now() }).then((url) => download(`${file}.${type}`, url));
  return (
    <div className={styles.tools}>
      {!asTable && (
        <ActionIcon
          variant="subtle"
          aria-label={`Reset the zoom of ${title}`}
          disabled={window.zoom === undefined}
          onClick={onReset}
        >
          <RotateCcw size={14} aria-hidden="true" />
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        aria-label={`Show ${title} as a table`}
        aria-pressed={asTable}
        onClick={() => setAsTable(!asTable)}
      >
        <Table2 size={14} aria-hidden="true" />
      </ActionIcon>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={`Save ${title}`}>
            <Download size={14} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={saveCsv}>Numbers (CSV)</Menu.Item>
          <Menu.Item onClick={() => savePicture("png")}>Picture (PNG)</Menu.Item>
          <Menu.Item onClick={() => savePicture("svg")}>Picture of lines (SVG)</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** Names and newest values: what a glance is for. */
function Legend({ model }: { readonly model: ChartModel }) {
  return (
    <ul className={styles.legend}>
      {model.series.map(({ name, hue, strength = 1, points }) => {
        const last = points.findLast(({ value }) => value !== null);
        return (
          <li key={name}>
            <span
              className={styles.swatch}
              style={{ background: `var(--${hue})`, opacity: strength }}
              aria-hidden="true"
            />
            {name} {typeof last?.value === "number" && <strong>{formatValue(model.unit, last.value)}</strong>}
          </li>
        );
      })}
    </ul>
  );
}
