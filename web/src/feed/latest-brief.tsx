import { useQuery } from "@tanstack/react-query";
import { formatDay } from "../format/times.ts";
import { latestBrief } from "../server/queries.ts";
import styles from "./feed.module.css";

/** The newest brief in a line, with the way to all of it; nothing while there is none. */
export function LatestBrief() {
  const { data } = useQuery(latestBrief);
  const brief = data?.briefs[0];
  if (brief === undefined) return null;
  const [first] = brief.headlines;
  return (
    <p className={styles.brief}>
      <a href={brief.url}>Daily brief of {formatDay(brief.date)}</a>: {first ?? "nothing stood out on this day"}
      {brief.headlines.length > 1 && `, and ${brief.headlines.length - 1} more`}
    </p>
  );
}
