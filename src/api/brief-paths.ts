/** The permanent link to the brief of a day. */
export function pathOfBrief(day: string): string {
  return `/briefs/${day}`;
}

/** Items are counted from 1. */
export function pathOfPicture(day: string, number: number, format: "svg" | "png"): string {
  return `/api/v1/briefs/${day}/pictures/${number}.${format}`;
}
