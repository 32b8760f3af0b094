import { useSession } from "../server/use-session.ts";
import { formatWallTime } from "../format/format-wall-time.ts";

/** When somebody did something, in the time zone and language of whoever reads it. */
export function WallTime({ at }: { readonly at: string }) {
  const timeZone = useSession()?.person?.timeZone ?? null;
  return <time dateTime={at}>{formatWallTime(at, timeZone)}</time>;
}
