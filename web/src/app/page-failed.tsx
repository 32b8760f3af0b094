import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useConnection } from "../live/live-context.ts";
import styles from "./app.module.css";

/**
 * A page that cannot be drawn leaves the shell and the other pages as they are. Code that could not be fetched is not asked
 * for twice by itself, so that the page is loaded anew once the server is there.
 */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const { state } = useConnection();
  const gone = state === "offline" || state === "reconnecting";
  const wasGone = useRef(gone);
  useEffect(() => {
    if (gone) wasGone.current = true;
    else if (state === "live" && wasGone.current) location.reload();
  }, [gone, state]);
  const retry = (): void => void fetch("/livez").then(() => location.reload(), reset);
  return (
    <div className={styles.failure} role="alert">
      <h1>This page could not be drawn</h1>
      <p>
        {gone
          ? "The server does not answer, and this page was not opened before. It is loaded by itself once the server is back."
          : error instanceof Error
            ? error.message
            : String(error)}
      </p>
      <Button onClick={retry}>Try again</Button>
    </div>
  );
}
