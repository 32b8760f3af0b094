import { InsightFeed } from "../feed/insight-feed.tsx";
import { LatestBrief } from "../feed/latest-brief.tsx";
import { ConnectionNotice } from "../header/connection-notice.tsx";
import { Header } from "../header/header.tsx";
import { QuietStrip } from "../header/quiet-strip.tsx";
import { SimulatedStrip } from "../header/simulated-strip.tsx";
import { ForecastsPanel } from "../predictions/forecasts-panel.tsx";
import { ScorecardPanel } from "../predictions/scorecard-panel.tsx";
import { RecentBlocks } from "../tip/recent-blocks.tsx";
import { SystemState } from "../tip/system-state.tsx";
import { TipStrip } from "../tip/tip-strip.tsx";
import styles from "./app.module.css";

export function DashboardPage() {
  return (
    <>
      <a className={styles.skip} href="#insights">
        Skip to the insights
      </a>
      <Header />
      <SimulatedStrip />
      <QuietStrip />
      <main className={styles.page}>
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
      </main>
      <ConnectionNotice />
    </>
  );
}
