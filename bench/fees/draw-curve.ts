import type { FeeEvaluation } from "./evaluate-fees.ts";
import type { FeeScore } from "./score.ts";

type Drawing = {
  readonly title: string;
  readonly curve: readonly FeeScore[];
  readonly opponents: readonly (FeeScore & { readonly estimator: string })[];
};

const SIZE = { width: 460, height: 320, left: 52, right: 150, top: 34, bottom: 42 } as const;
const MOST = { missRate: 0.6, over: 1.6 } as const;
const COLOURS = ["#c2410c", "#ea580c", "#fb923c", "#1d4ed8", "#60a5fa", "#15803d", "#86efac"];

/** A panel of each regime: what to pay for the next three blocks. */
export function listCurves({ byRegime }: FeeEvaluation): Drawing[] {
  return byRegime.flatMap(({ regime, seed, measures }) => {
    const three = measures[0]?.targets.find(({ target }) => target === 3);
    return three === undefined ? [] : [{ title: `${regime}, seed ${seed}, within 3 blocks (simulated)`, ...three }];
  });
}

/** Panels side by side: miss rate to the right, over-payment upwards; the curve is ours. What is cut off is said. */
export function drawCurves(drawings: readonly Drawing[]): string {
  const panels = drawings.map(
    (drawing, index) => `<g transform="translate(${index * SIZE.width} 0)">${panel(drawing)}</g>`,
  );
  const width = SIZE.width * drawings.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${SIZE.height}" font-family="sans-serif" font-size="11">
<rect width="${width}" height="${SIZE.height}" fill="#fff"/>
${panels.join("\n")}
</svg>
`;
}

function x(missRate: number): number {
  return SIZE.left + (missRate / MOST.missRate) * (SIZE.width - SIZE.left - SIZE.right);
}

function y(over: number): number {
  return SIZE.height - SIZE.bottom - (over / MOST.over) * (SIZE.height - SIZE.top - SIZE.bottom);
}

function isInside({ missRate, meanOver }: FeeScore): boolean {
  return missRate <= MOST.missRate && meanOver <= MOST.over;
}

function panel({ title, curve, opponents }: Drawing): string {
  const points = curve
    .filter(isInside)
    .map(({ missRate, meanOver }) => `${x(missRate).toFixed(1)},${y(meanOver).toFixed(1)}`);
  const legend = opponents.map((opponent, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? "#000";
    const top = SIZE.top + 26 + index * 18;
    const left = SIZE.width - SIZE.right + 12;
    const dot = isInside(opponent)
      ? `<circle cx="${x(opponent.missRate).toFixed(1)}" cy="${y(opponent.meanOver).toFixed(1)}" r="4" fill="${colour}"/>`
      : "";
    const where = isInside(opponent) ? "" : ` (${percent(opponent.missRate)}, ${percent(opponent.meanOver)})`;
    return `${dot}<circle cx="${left}" cy="${top - 4}" r="4" fill="${colour}"/><text x="${left + 9}" y="${top}" font-size="9">${opponent.estimator}${where}</text>`;
  });
  return [
    `<text x="${SIZE.left}" y="20" font-size="13" font-weight="bold">${title}</text>`,
    ...grid(),
    `<polyline points="${points.join(" ")}" fill="none" stroke="#111827" stroke-width="2"/>`,
    `<line x1="${SIZE.width - SIZE.right + 6}" x2="${SIZE.width - SIZE.right + 18}" y1="${SIZE.top + 4}" y2="${SIZE.top + 4}" stroke="#111827" stroke-width="2"/>`,
    `<text x="${SIZE.width - SIZE.right + 21}" y="${SIZE.top + 8}" font-size="9">utxoIQ</text>`,
    ...legend,
  ].join("\n");
}

function grid(): string[] {
  const [right, bottom] = [x(MOST.missRate), y(0)];
  const across = [0, 0.4, 0.8, 1.2, 1.6].map(
    (over) =>
      `<line x1="${SIZE.left}" x2="${right}" y1="${y(over)}" y2="${y(over)}" stroke="#e5e7eb"/><text x="${SIZE.left - 6}" y="${y(over) + 4}" text-anchor="end">${percent(over)}</text>`,
  );
  const up = [0, 0.2, 0.4, 0.6].map(
    (miss) => `<text x="${x(miss)}" y="${bottom + 15}" text-anchor="middle">${percent(miss)}</text>`,
  );
  const axes = `<text x="${(SIZE.left + right) / 2}" y="${bottom + 32}" text-anchor="middle">not mined in time</text><text transform="translate(12 ${(SIZE.top + bottom) / 2}) rotate(-90)" text-anchor="middle">paid too much, mean</text>`;
  return [...across, ...up, axes];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
