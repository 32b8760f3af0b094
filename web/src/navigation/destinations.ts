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
  /** In the header: always, or where the window is wide; a tab of the dashboard is reached by way of it, too. */
  readonly inHeader: "always" | "wide" | "never";
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
    inHeader: "always",
    onPhone: true,
  },
  {
    word: "Metrics",
    icon: ChartLine,
    link: { to: "/dashboard", search: { tab: "metrics" } },
    key: "m",
    inHeader: "wide",
    onPhone: true,
  },
  {
    word: "Mempool",
    icon: Layers,
    link: { to: "/mempool", search: {} },
    key: "p",
    inHeader: "always",
    onPhone: true,
  },
  {
    word: "Status",
    icon: Activity,
    link: { to: "/dashboard", search: { tab: "status" } },
    key: "s",
    inHeader: "wide",
    onPhone: true,
  },
  {
    word: "Blocks",
    icon: Blocks,
    link: { to: "/blocks", search: {} },
    key: "b",
    inHeader: "always",
    onPhone: false,
  },
  {
    word: "Entities",
    icon: Building2,
    link: { to: "/entities", search: {} },
    key: "e",
    inHeader: "always",
    onPhone: false,
  },
  {
    word: "Scorecard",
    icon: Target,
    link: { to: "/scorecard", search: {} },
    key: "c",
    inHeader: "always",
    onPhone: false,
  },
  {
    word: "Set up",
    icon: Plug,
    link: { to: "/setup", search: {} },
    key: "u",
    inHeader: "never",
    onPhone: false,
  },
];
