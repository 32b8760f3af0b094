import { Outlet, useRouterState } from "@tanstack/react-router";
import { Locked } from "../parts/locked.tsx";
import { useTitle } from "../parts/use-title.ts";
import { useMay } from "../server/use-session.ts";
import styles from "./app.module.css";
import { neededPermission } from "./needed-permission.ts";

/** The page, unless the server would refuse what it shows. */
export function GuardedPage() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return useMay(neededPermission(path)) === false ? <LockedPage /> : <Outlet />;
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
