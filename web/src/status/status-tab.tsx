import { useQuery } from "@tanstack/react-query";
import { Loading } from "../parts/loading.tsx";
import { useTitle } from "../parts/use-title.ts";
import { backfills, monitoringStatus, systemMetrics } from "../server/queries.ts";
import { useMay } from "../server/use-session.ts";
import { TipStrip } from "../tip/tip-strip.tsx";
import { Backfills } from "./backfills.tsx";
import { ComponentCards } from "./component-cards.tsx";
import { DependencyPicture } from "./dependency-picture.tsx";
import { EventLog } from "./event-log.tsx";
import { OverallHealth } from "./overall-health.tsx";
import { Performance } from "./performance.tsx";
import { Work } from "./work.tsx";
import styles from "./status.module.css";

/** Whether something is still on its way: what came later would move what is below it. */
function useComes(): boolean {
  const statusComes = useQuery(monitoringStatus).isLoading;
  const mayMonitor = useMay("monitor") !== false;
  const measuresCome = useQuery({ ...systemMetrics, enabled: mayMonitor }).isLoading;
  const jobsCome = useQuery({ ...backfills, enabled: mayMonitor }).isLoading;
  return statusComes || measuresCome || jobsCome;
}

/** How the program does: as a whole and why, part by part, what older blocks are being read, and what happened. */
export function StatusTab() {
  useTitle("System status");
  if (useComes()) {
    return (
      <div className={styles.status}>
        <OverallHealth />
        <Loading what="the status" />
      </div>
    );
  }
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
