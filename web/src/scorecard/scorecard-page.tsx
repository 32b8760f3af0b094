import { PageTitle } from "../parts/page-title.tsx";
import { ForecastsPanel } from "../predictions/forecasts-panel.tsx";
import { ScorecardPanel } from "../predictions/scorecard-panel.tsx";
import styles from "./scorecard.module.css";

/** What was said about blocks to come, and what came of it. */
export function ScorecardPage() {
  return (
    <>
      <PageTitle title="Scorecard">
        What is said about blocks to come is entered here before they come, and scored when they have: hits and misses
        alike.
      </PageTitle>
      <div className={styles.columns}>
        <ScorecardPanel />
        <ForecastsPanel />
      </div>
    </>
  );
}
