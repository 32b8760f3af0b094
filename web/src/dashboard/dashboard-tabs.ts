/** The tabs of the dashboard in their order; what each shows is in dashboard-page.tsx. */
export const TABS = [
  { id: "insights", word: "Insights" },
  { id: "status", word: "System status" },
  { id: "metrics", word: "Metrics" },
] as const;

export type TabId = (typeof TABS)[number]["id"];
