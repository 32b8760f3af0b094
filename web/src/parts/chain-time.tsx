import { VisuallyHidden } from "@mantine/core";
import { formatAgo, formatDay, formatExact, secondsBetween } from "../format/times.ts";
import { useStatus } from "../live/use-status.ts";
import { Hint } from "./hint.tsx";

const MONTH_SECONDS = 30 * 86_400;
const TO_THE_MINUTE = "2031-01-14T14:02".length;

type Props = { readonly time: string; readonly simulated: boolean };

/** How long ago by the chain's clock, exact on hover and for screen readers; old times as a date. */
export function ChainTime({ time, simulated }: Props) {
  const now = useStatus(({ chainTime, now }) => (chainTime ?? now).slice(0, TO_THE_MINUTE));
  const seconds = now === undefined ? undefined : secondsBetween(`${time.slice(0, TO_THE_MINUTE)}:00Z`, `${now}:00Z`);
  const recent = seconds !== undefined && seconds < MONTH_SECONDS;
  const exact = `${formatExact(time)}${simulated ? ", simulated time" : ""}`;
  return (
    <Hint label={exact}>
      <time dateTime={time}>
        <span aria-hidden="true">{recent ? formatAgo(seconds) : formatDay(time)}</span>
        <VisuallyHidden component="span">{exact}</VisuallyHidden>
      </time>
    </Hint>
  );
}
