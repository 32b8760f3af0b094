import { Link } from "@tanstack/react-router";
import { formatCount, formatFeeRate } from "../format/numbers.ts";
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
          <NextBlockFee />
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

/** What it would take to be in the next block; nothing where no mempool is seen. */
function NextBlockFee() {
  const feeRate = useStatus(({ mempool }) => mempool?.nextBlockFeeRate ?? null);
  if (typeof feeRate !== "number") return null;
  return (
    <Link
      to="/mempool"
      className={styles.fee}
      title="Median of the next block, as it would be made now"
      aria-label={`Next block ~${formatFeeRate(feeRate)} sat/vB, the median; mempool`}
    >
      <span className={styles.feeLabel}>Next block</span> ~<strong>{formatFeeRate(feeRate)}</strong> sat/vB
    </Link>
  );
}
