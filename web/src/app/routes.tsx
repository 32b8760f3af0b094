import { createRootRoute, createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { DashboardPage } from "../dashboard/dashboard-page.tsx";
import { readDashboardSearch } from "../dashboard/dashboard-search.ts";
import { Shell } from "./shell.tsx";

/**
 * Every page and its address. A page is a folder of web/src and is loaded when it is first opened; the first one, the
 * feed, comes with the shell. The server answers the same addresses: PAGES in src/api/routes/dashboard.ts.
 */
const root = createRootRoute({ component: Shell });

const dashboard = createRoute({
  getParentRoute: () => root,
  path: "/dashboard",
  validateSearch: readDashboardSearch,
  component: DashboardPage,
});

const scorecard = createRoute({
  getParentRoute: () => root,
  path: "/scorecard",
  component: lazyRouteComponent(() => import("../scorecard/scorecard-page.tsx"), "ScorecardPage"),
});

export const routeTree = root.addChildren([dashboard, scorecard]);
