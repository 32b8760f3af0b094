import { useMediaQuery } from "@mantine/hooks";
import { InsightFeed } from "../feed/insight-feed.tsx";
import { LatestBrief } from "../feed/latest-brief.tsx";
import { ForecastsPanel } from "../predictions/forecasts-panel.tsx";
import { ScorecardPanel } from "../predictions/scorecard-panel.tsx";
import { Folded } from "../parts/folded.tsx";
import { RecentBlocks } from "../tip/recent-blocks.tsx";
import { SystemState } from "../tip/system-state.tsx";
import { TipStrip } from "../tip/tip-strip.tsx";
import styles from "./dashboard.module.css";

/** As in dashboard.module.css: where the panels stand beside the feed. */
const BESIDE = "(width >= 960px)";

export function InsightsTab() {
  const beside = useMediaQuery(BESIDE, true, { getInitialValueInEffect: false });
  const panels = (
    <>
      <RecentBlocks />
      <ForecastsPanel />
      <ScorecardPanel />
      <SystemState />
    </>
  );
  // Below a feed that goes on for ever nobody would come to them.
  const besideOrAbove = beside ? (
    <aside key="panels" className={styles.aside} aria-label="Blocks, forecasts and system">
      {panels}
    </aside>
  ) : (
    <Folded key="panels" title="Newest blocks, forecasts, scorecard">
      {panels}
    </Folded>
  );
  const feed = <InsightFeed key="feed" />;
  return (
    <>
      <TipStrip />
      <LatestBrief />
      <div className={styles.columns}>{beside ? [feed, besideOrAbove] : [besideOrAbove, feed]}</div>
    </>
  );
}
