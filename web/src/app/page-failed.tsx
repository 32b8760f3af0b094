import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import styles from "./app.module.css";

/** A page that cannot be drawn leaves the shell and the other pages as they are. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  return (
    <div className={styles.failure} role="alert">
      <h1>This page could not be drawn</h1>
      <p>{error instanceof Error ? error.message : String(error)}</p>
      <Button onClick={reset}>Try again</Button>
    </div>
  );
}
