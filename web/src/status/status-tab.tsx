import { useTitle } from "../parts/use-title.ts";
import { TipStrip } from "../tip/tip-strip.tsx";
import { Backfills } from "./backfills.tsx";
import { ComponentCards } from "./component-cards.tsx";
import { DependencyPicture } from "./dependency-picture.tsx";
import { EventLog } from "./event-log.tsx";
import { OverallHealth } from "./overall-health.tsx";
import { Performance } from "./performance.tsx";
import { Work } from "./work.tsx";
import styles from "./status.module.css";

/** How the program does: as a whole and why, part by part, what older blocks are being read, and what happened. */
export function StatusTab() {
  useTitle("System status");
  return (
    <div className={styles.status}>
      <OverallHealth />
      <TipStrip />
      <DependencyPicture />
      <ComponentCards />
      <Work />
      <Performance />
      <Backfills />
      <EventLog />
    </div>
  );
}
