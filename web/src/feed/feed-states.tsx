import { Button, Skeleton } from "@mantine/core";
import styles from "./feed.module.css";

const PLACES = ["first", "second", "third"] as const;

/** Cards of the final size while the list is fetched. */
export function FeedLoading() {
  return (
    <div aria-busy="true" aria-label="Loading insights">
      {PLACES.map((place) => (
        <div key={place} className={styles.card}>
          <Skeleton height={12} width="45%" />
          <Skeleton height={20} width="70%" mt={14} />
          <Skeleton height={72} mt={12} />
          <Skeleton height={24} width="60%" mt={14} />
        </div>
      ))}
    </div>
  );
}

export function FeedEmpty({ filtered }: { readonly filtered: boolean }) {
  return (
    <div className={styles.empty}>
      <strong>{filtered ? "No insights of this category yet" : "No insights yet"}</strong>
      <p>
        {filtered
          ? "They appear here as soon as one is published. Fee levels need 156 connected blocks; choose All to see the others."
          : "They appear here by themselves once blocks are read: very large transfers at once, unusual fee levels when 156 connected blocks are stored."}
      </p>
    </div>
  );
}

type ErrorProps = { readonly message: string; readonly onRetry: () => void };

export function FeedError({ message, onRetry }: ErrorProps) {
  return (
    <div className={styles.empty} role="alert">
      <strong>The insights could not be loaded</strong>
      <p>{message}. What is shown elsewhere on this page keeps its age.</p>
      <Button variant="default" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
