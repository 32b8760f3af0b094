import { useSession } from "../server/use-session.ts";
import { formatWallTime } from "../format/format-wall-time.ts";

/** When somebody did something, in the time zone and language of whoever reads it. */
export function WallTime({ at }: { readonly at: string }) {
  const person = useSession()?.person;
  return <time dateTime={at}>{formatWallTime(at, person ?? { timeZone: null, locale: null })}</time>;
}
