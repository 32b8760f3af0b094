import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { accounts } from "#contract";
import { InsightLink } from "../parts/insight-link.tsx";
import { Panel } from "../parts/panel.tsx";
import { WallTime } from "../parts/wall-time.tsx";
import { saidOfInsights } from "./account-queries.ts";
import styles from "./account.module.css";

/** What somebody said of insights, the newest first. */
export function FeedbackPanel() {
  const { data, error, refetch } = useQuery(saidOfInsights);
  return (
    <Panel title="What you said of insights">
      <div className={styles.inside}>
        {error !== null && (
          <p role="alert">
            It cannot be read: {error.message}{" "}
            <Button size="sm" variant="default" onClick={() => void refetch()}>
              Try again
            </Button>
          </p>
        )}
        {data?.said.length === 0 && <p>Nothing yet. Stars, comments and flags that you give stand here.</p>}
        <ul className={styles.list} aria-label="Feedback">
          {data?.said.map((said) => (
            <li key={`${said.what} ${said.insightId} ${said.at}`}>
              <span className={styles.grow}>
                {describe(said)} · <WallTime at={said.at} />
                <br />
                <InsightLink id={said.insightId} />
              </span>
            </li>
          ))}
        </ul>
        {data?.complete === false && <p>These are the newest; all of it is in the download below.</p>}
      </div>
    </Panel>
  );
}

function describe(said: accounts.Said): string {
  if (said.what === "stars") return `${said.stars} of 5 stars`;
  if (said.what === "flag") return `Flagged as ${said.reason}${said.details === null ? "" : `: ${said.details}`}`;
  const because = said.hiddenReason === null ? "" : `, because: ${said.hiddenReason}`;
  return `“${said.text}”${said.hidden ? ` (hidden from others${because})` : ""}`;
}
