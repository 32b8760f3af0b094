import { getRouteApi, Link } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense } from "react";
import { Loading } from "../parts/loading.tsx";
import styles from "./dashboard.module.css";
import { type TabId, TABS } from "./dashboard-tabs.ts";
import { InsightsTab } from "./insights-tab.tsx";

const LATER = {
  status: () => import("../status/status-tab.tsx").then(({ StatusTab }) => ({ default: StatusTab })),
  metrics: () => import("../metrics/metrics-tab.tsx").then(({ MetricsTab }) => ({ default: MetricsTab })),
} as const;

/** What a tab shows. The first comes with the page, the others are loaded when they are opened, or before. */
const CONTENTS: Readonly<Record<TabId, ComponentType>> = {
  insights: InsightsTab,
  status: lazy(LATER.status),
  metrics: lazy(LATER.metrics),
};

/** So that the other tabs can be opened while the server is gone. */
export async function loadTabs(): Promise<void> {
  await Promise.all([LATER.status(), LATER.metrics()]);
}

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
