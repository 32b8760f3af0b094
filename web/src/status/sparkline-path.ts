/** A line from zero to the highest value; where a value is missing the line is interrupted. */
export function pathOf(
  values: readonly (number | null)[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const highest = Math.max(...values.map((value) => value ?? 0));
  if (values.length === 0 || highest <= 0) return "";
  const step = values.length === 1 ? 0 : width / (values.length - 1);
  const inner = height - 2;
  let drawing = false;
  return values
    .flatMap((value, index) => {
      const command = drawing ? "L" : "M";
      drawing = value !== null;
      if (value === null) return [];
      return [`${command}${(index * step).toFixed(1)} ${(1 + inner * (1 - value / highest)).toFixed(1)}`];
    })
    .join("");
}
