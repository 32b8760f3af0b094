export type Point = { readonly time: number; readonly value: number };

/**
 * At most so many points that look like all of them: the first, the last, and of each stretch between the one that
 * spans the largest triangle with its neighbours. Largest-Triangle-Three-Buckets, Steinarsson 2013.
 */
export function downSample<Each extends Point>(points: readonly Each[], most: number): readonly Each[] {
  const [first, last] = [points[0], points.at(-1)];
  if (points.length <= most || most < 3 || first === undefined || last === undefined) return points.slice(0, most);
  const chosen = [first];
  const step = (points.length - 2) / (most - 2);
  let before = first;
  for (let bucket = 0; bucket < most - 2; bucket += 1) {
    const from = Math.floor(bucket * step) + 1;
    const to = Math.floor((bucket + 1) * step) + 1;
    const after = middleOf(points.slice(to, Math.min(Math.floor((bucket + 2) * step) + 1, points.length)), last);
    before = largestOf(points.slice(from, to), before, after);
    chosen.push(before);
  }
  return [...chosen, last];
}

function middleOf(points: readonly Point[], last: Point): Point {
  if (points.length === 0) return last;
  let [time, value] = [0, 0];
  for (const point of points) {
    time += point.time;
    value += point.value;
  }
  return { time: time / points.length, value: value / points.length };
}

function largestOf<Each extends Point>(points: readonly Each[], before: Each, after: Point): Each {
  let [best, bestArea] = [points[0] ?? before, -1];
  for (const point of points) {
    const area = Math.abs(
      (before.time - after.time) * (point.value - before.value) -
        (before.time - point.time) * (after.value - before.value),
    );
    if (area > bestArea) [best, bestArea] = [point, area];
  }
  return best;
}
