import { formatCount } from "../format/numbers.ts";
import { formatDuration } from "../format/times.ts";
import { useConnection } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { PageLinks } from "../navigation/page-links.tsx";
import { Palette } from "../palette/palette.tsx";
import { MuteToggle } from "../toasts/mute-toggle.tsx";
import { ConnectionIndicator } from "./connection-indicator.tsx";
import styles from "./header.module.css";
import { Mark } from "./mark.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

export function Header() {
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Mark />
        <PageLinks />
        <div className={styles.right}>
          <Palette />
          <HeaderTip />
          <ConnectionIndicator />
          <MuteToggle />
          <ThemeToggle />
          <PersonMenu />
        </div>
      </div>
    </header>
  );
}

/** The newest block and how old it is by the chain's own clock, which is known only while the server is heard. */
function HeaderTip() {
  const tip = useStatus(({ tip, sourceKind }) => (sourceKind === "set" ? null : tip));
  const live = useConnection().state === "live";
  if (tip === undefined || tip === null) return null;
  return (
    <span className={styles.tip}>
      <span className={styles.tipLabel}>Tip</span> <strong>{formatCount(tip.height)}</strong>{" "}
      {live && <span className={styles.age}>{formatDuration(tip.ageSeconds)}</span>}
    </span>
  );
}
