import { getRouteApi, Link } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense } from "react";
import { Loading } from "../parts/loading.tsx";
import styles from "./dashboard.module.css";
import { type TabId, TABS } from "./dashboard-tabs.ts";
import { InsightsTab } from "./insights-tab.tsx";

/** What a tab shows. The first comes with the page, the others are loaded when they are opened. */
const CONTENTS: Readonly<Record<TabId, ComponentType>> = {
  insights: InsightsTab,
  status: lazy(() => import("../status/status-tab.tsx").then(({ StatusTab }) => ({ default: StatusTab }))),
  metrics: lazy(() => import("../metrics/metrics-tab.tsx").then(({ MetricsTab }) => ({ default: MetricsTab }))),
};

const route = getRouteApi("/dashboard");

export function DashboardPage() {
  const { tab: chosen = TABS[0].id } = route.useSearch();
  const Content = CONTENTS[chosen];
  return (
    <>
      <nav className={styles.tabs} aria-label="Dashboard">
        {TABS.map(({ id, word }) => (
          <Link
            key={id}
            to="/dashboard"
            search={id === TABS[0].id ? {} : { tab: id }}
            className={styles.tab}
            // Whatever else stands in the address, one tab is the current one.
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={id === chosen ? "page" : undefined}
          >
            {word}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Loading what={TABS.find(({ id }) => id === chosen)?.word ?? ""} />}>
        <Content />
      </Suspense>
    </>
  );
}
