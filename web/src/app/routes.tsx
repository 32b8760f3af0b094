import { createRootRoute, createRoute } from "@tanstack/react-router";
import { DashboardPage } from "../dashboard/dashboard-page.tsx";
import { readSignInSearch } from "../account/sign-in-search.ts";
import { readZoomSearch } from "../charts/zoom-search.ts";
import { readDashboardSearch } from "../dashboard/dashboard-search.ts";
import { readRangeSearch } from "../metrics/range.ts";
import { readScorecardSearch } from "../scorecard/scorecard-search.ts";
import { readRowsSearch, readSortSearch } from "../table/sorting.ts";
import { pageOf } from "./page-of.ts";
import type { SearchText } from "./search-text.ts";
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
  validateSearch: readScorecardSearch,
  component: pageOf(() => import("../scorecard/scorecard-page.tsx"), "ScorecardPage"),
});

const insight = createRoute({
  getParentRoute: () => root,
  path: "/insights/$id",
  component: pageOf(() => import("../insight/insight-page.tsx"), "InsightPage"),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: pageOf(() => import("../setup/setup-page.tsx"), "SetupPage"),
});

const blocks = createRoute({
  getParentRoute: () => root,
  path: "/blocks",
  validateSearch: readRowsSearch,
  component: pageOf(() => import("../blocks/blocks-page.tsx"), "BlocksPage"),
});

const block = createRoute({
  getParentRoute: () => root,
  path: "/blocks/$height",
  component: pageOf(() => import("../blocks/block-page.tsx"), "BlockPage"),
});

const mempool = createRoute({
  getParentRoute: () => root,
  path: "/mempool",
  validateSearch: readZoomSearch,
  component: pageOf(() => import("../mempool/mempool-page.tsx"), "MempoolPage"),
});

const entities = createRoute({
  getParentRoute: () => root,
  path: "/entities",
  validateSearch: (search: SearchText) => ({ ...readSortSearch(search), ...readRangeSearch(search) }),
  component: pageOf(() => import("../entities/entities-page.tsx"), "EntitiesPage"),
});

const entity = createRoute({
  getParentRoute: () => root,
  path: "/entities/$actor",
  validateSearch: readRangeSearch,
  component: pageOf(() => import("../entities/entity-page.tsx"), "EntityPage"),
});

const series = createRoute({
  getParentRoute: () => root,
  path: "/series/$name",
  validateSearch: readRangeSearch,
  component: pageOf(() => import("../series/series-page.tsx"), "SeriesPage"),
});

const transaction = createRoute({
  getParentRoute: () => root,
  path: "/transactions/$txid",
  component: pageOf(() => import("../transactions/transaction-page.tsx"), "TransactionPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: readSignInSearch,
  component: pageOf(() => import("../account/sign-in-page.tsx"), "SignInPage"),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  component: pageOf(() => import("../account/sign-up-page.tsx"), "SignUpPage"),
});

const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: "/confirm-email",
  component: pageOf(() => import("../account/confirm-email-page.tsx"), "ConfirmEmailPage"),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: pageOf(() => import("../account/reset-password-page.tsx"), "ResetPasswordPage"),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: "/verify-email",
  component: pageOf(() => import("../account/verify-email-page.tsx"), "VerifyEmailPage"),
});

const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: pageOf(() => import("../account/account-page.tsx"), "AccountPage"),
});

const administration = createRoute({
  getParentRoute: () => root,
  path: "/administration",
  component: pageOf(() => import("../account/administration-page.tsx"), "AdministrationPage"),
});

const moderation = createRoute({
  getParentRoute: () => root,
  path: "/moderation",
  component: pageOf(() => import("../moderation/moderation-page.tsx"), "ModerationPage"),
});

export const routeTree = root.addChildren([
  setUp,
  dashboard,
  insight,
  blocks,
  block,
  mempool,
  entities,
  entity,
  scorecard,
  series,
  transaction,
  signIn,
  signUp,
  resetPassword,
  confirmEmail,
  verifyEmail,
  account,
  administration,
  moderation,
]);
