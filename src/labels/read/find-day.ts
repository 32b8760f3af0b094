/** The day that a text like 2026-01-31 or 2026-01-31T12:00Z begins with; `undefined` where the calendar has no such day. */
export function findDay(text: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})($|[T ])/.exec(text)?.[1];
  if (day === undefined) return undefined;
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : undefined;
}
