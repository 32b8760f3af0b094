import { Activity, Blocks, Building2, ChartLine, House, Layers, type LucideIcon, Plug, Target } from "lucide-react";
import type { TabId } from "../dashboard/dashboard-tabs.ts";

export type Destination = {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly link: {
    readonly to: "/dashboard" | "/blocks" | "/mempool" | "/entities" | "/scorecard" | "/setup";
    readonly search: { readonly tab?: TabId };
  };
  /** Pressed after g. */
  readonly key: string;
  /** In the header where there is room; a tab of the dashboard is reached by way of it. */
  readonly inHeader: boolean;
  /** In the bar at the bottom of a phone, which has room for four. */
  readonly onPhone: boolean;
};

/** Where one can go from everywhere, in order. */
export const DESTINATIONS: readonly Destination[] = [
  {
    word: "Insights",
    icon: House,
    link: { to: "/dashboard", search: {} },
    key: "i",
    inHeader: true,
    onPhone: true,
  },
  {
    word: "Metrics",
    icon: ChartLine,
    link: { to: "/dashboard", search: { tab: "metrics" } },
    key: "m",
    inHeader: false,
    onPhone: true,
  },
  {
    word: "Mempool",
    icon: Layers,
    link: { to: "/mempool", search: {} },
    key: "p",
    inHeader: true,
    onPhone: true,
  },
  {
    word: "Status",
    icon: Activity,
    link: { to: "/dashboard", search: { tab: "status" } },
    key: "s",
    inHeader: false,
    onPhone: true,
  },
  {
    word: "Blocks",
    icon: Blocks,
    link: { to: "/blocks", search: {} },
    key: "b",
    inHeader: true,
    onPhone: false,
  },
  {
    word: "Entities",
    icon: Building2,
    link: { to: "/entities", search: {} },
    key: "e",
    inHeader: true,
    onPhone: false,
  },
  {
    word: "Scorecard",
    icon: Target,
    link: { to: "/scorecard", search: {} },
    key: "c",
    inHeader: true,
    onPhone: false,
  },
  {
    word: "Set up",
    icon: Plug,
    link: { to: "/setup", search: {} },
    key: "u",
    inHeader: false,
    onPhone: false,
  },
];
