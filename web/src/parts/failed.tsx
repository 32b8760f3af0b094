import { Button } from "@mantine/core";
import { useConnection } from "../live/live-context.ts";
import styles from "./parts.module.css";

type Props = {
  /** As a sentence begins: `The blocks cannot be read now`. */
  readonly what: string;
  readonly error: Error;
  readonly onRetry: () => void;
};

/** What could not be had, why, and a way to ask again. */
export function Failed({ what, error, onRetry }: Props) {
  const gone = useConnection().state !== "live";
  return (
    <div className={styles.failed} role="alert">
      <p>
        {what}: {error.message}.
        {gone && " The server is not heard just now; what else is shown is what was known last."}
      </p>
      <Button variant="default" size="sm" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
