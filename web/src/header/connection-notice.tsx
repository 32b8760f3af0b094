import { formatDuration } from "../format/times.ts";
import { useConnection } from "../live/live-context.ts";
import { useNow } from "../live/use-now.ts";
import { StateMark } from "../parts/state-mark.tsx";
import { CONNECTION_TONES, CONNECTION_WORDS } from "./connection-indicator.tsx";
import styles from "./header.module.css";

/** Floats over the page while the server cannot be heard: what is shown stays, with its age. */
export function ConnectionNotice() {
  const { state, lastHeardAt } = useConnection();
  if (lastHeardAt === undefined || state === "live" || state === "connecting") return null;
  return (
    <div className={styles.notice}>
      <StateMark tone={CONNECTION_TONES[state]} />
      <span>
        {CONNECTION_WORDS[state]}: this is what was known <Age since={lastHeardAt} /> ago. Trying to reach the server.
      </span>
    </div>
  );
}

function Age({ since }: { readonly since: number }) {
  return formatDuration((useNow() - since) / 1000);
}
