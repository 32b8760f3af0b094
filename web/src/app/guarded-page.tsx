import { Outlet, useRouterState } from "@tanstack/react-router";
import { Loading } from "../parts/loading.tsx";
import { Locked } from "../parts/locked.tsx";
import { useTitle } from "../parts/use-title.ts";
import { useMay } from "../server/use-session.ts";
import styles from "./app.module.css";
import { neededPermission } from "../server/needed-permission.ts";

/** What is open to hardly anybody is not asked for before it is known who asks. */
const SELDOM_OPEN: readonly string[] = ["account", "administer", "moderate"];

/** The page, unless the server would refuse what it shows. */
export function GuardedPage() {
  const needed = neededPermission(useRouterState({ select: (state) => state.location.pathname }));
  const may = useMay(needed);
  if (may === false) return <LockedPage />;
  return may === undefined && SELDOM_OPEN.includes(needed) ? <Loading what="the page" /> : <Outlet />;
}

function LockedPage() {
  useTitle("This page is not open to you");
  return (
    <div className={styles.failure}>
      <h1>This page is not open to you</h1>
      <Locked />
    </div>
  );
}
