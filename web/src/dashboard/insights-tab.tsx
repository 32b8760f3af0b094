import { InsightFeed } from "../feed/insight-feed.tsx";
import { LatestBrief } from "../feed/latest-brief.tsx";
import { ForecastsPanel } from "../predictions/forecasts-panel.tsx";
import { ScorecardPanel } from "../predictions/scorecard-panel.tsx";
import { RecentBlocks } from "../tip/recent-blocks.tsx";
import { SystemState } from "../tip/system-state.tsx";
import { TipStrip } from "../tip/tip-strip.tsx";
import styles from "./dashboard.module.css";

export function InsightsTab() {
  return (
    <div className={styles.insights}>
      <TipStrip />
      <LatestBrief />
      <div className={styles.columns}>
        <InsightFeed />
        <aside className={styles.aside} aria-label="Blocks, forecasts and system">
          <RecentBlocks />
          <ForecastsPanel />
          <ScorecardPanel />
          <SystemState />
        </aside>
      </div>
    </div>
  );
}
