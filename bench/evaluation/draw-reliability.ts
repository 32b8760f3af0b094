import type { ClaimScore } from "./score-claims.ts";

const SIZE = { width: 300, height: 300, left: 44, right: 16, top: 34, bottom: 42 } as const;

/** Panels side by side: what was said to the right, what came true upwards; a point's area is the claims of its bin. */
export function drawReliability(scores: readonly ClaimScore[]): string {
  const panels = scores.map((score, index) => `<g transform="translate(${index * SIZE.width} 0)">${panel(score)}</g>`);
  const width = SIZE.width * scores.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${SIZE.height}" font-family="sans-serif" font-size="11">
<rect width="${width}" height="${SIZE.height}" fill="#fff"/>
${panels.join("\n")}
</svg>
`;
}

const x = (said: number): number => SIZE.left + said * (SIZE.width - SIZE.left - SIZE.right);
const y = (came: number): number => SIZE.height - SIZE.bottom - came * (SIZE.height - SIZE.top - SIZE.bottom);

function panel({ name, n, bins }: ClaimScore): string {
  const points = bins.map(
    ({ count, meanProbability, observed }) =>
      `<circle cx="${x(meanProbability).toFixed(1)}" cy="${y(observed).toFixed(1)}" r="${(14 * Math.sqrt(count / n)).toFixed(1)}" fill="#1d4ed8" fill-opacity="0.6"/>`,
  );
  return [
    `<text x="${SIZE.left}" y="20" font-size="13" font-weight="bold">${name}, ${n} claims (simulated)</text>`,
    ...[0, 0.25, 0.5, 0.75, 1].map(
      (share) =>
        `<line x1="${x(0)}" x2="${x(1)}" y1="${y(share)}" y2="${y(share)}" stroke="#e5e7eb"/><text x="${x(0) - 6}" y="${y(share) + 4}" text-anchor="end">${100 * share} %</text><text x="${x(share)}" y="${y(0) + 15}" text-anchor="middle">${100 * share}</text>`,
    ),
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#111827" stroke-dasharray="4 3"/>`,
    ...points,
    `<text x="${x(0.5)}" y="${y(0) + 32}" text-anchor="middle">said, %</text>`,
  ].join("\n");
}
