import { Button, Skeleton } from "@mantine/core";
import { formatCount } from "../format/numbers.ts";
import { useStatus } from "../live/use-status.ts";
import type { FeedFilter } from "./feed-filter.ts";
import styles from "./feed.module.css";

const PLACES = ["first", "second", "third", "fourth"] as const;

/** Cards of the final size while the list is fetched. */
export function FeedLoading() {
  return (
    <div role="status" aria-label="Loading insights" className={styles.loading}>
      {PLACES.map((place) => (
        <div key={place} className={styles.card}>
          <Skeleton height={12} width="45%" my={4} />
          <Skeleton height={20} width="70%" mt={12} mb={4} />
          <Skeleton height={16} mt={9} />
          <Skeleton height={16} mt={10} />
          <Skeleton height={16} mt={10} />
          <Skeleton height={16} width="80%" mt={10} mb={5} />
          <Skeleton height={28} width="60%" mt={12} />
          <Skeleton height={16} width="40%" mt={18} mb={6} />
        </div>
      ))}
    </div>
  );
}

/** What most kinds of signal compare a block with: two weeks. See docs/signals/. */
const COMPARED_BLOCKS = 2_016;

type EmptyProps = { readonly filter: FeedFilter; readonly onClear: () => void };

export function FeedEmpty({ filter, onClear }: EmptyProps) {
  const { category: _category, ...others } = filter;
  return Object.keys(others).length > 0 ? (
    <NothingFound onClear={onClear} />
  ) : (
    <NothingYet filtered={filter.category !== undefined} />
  );
}

function NothingFound({ onClear }: Pick<EmptyProps, "onClear">) {
  return (
    <div className={styles.empty}>
      <h2>Nothing is found</h2>
      <p>No insight meets all of it. Other words, or fewer filters, leave more.</p>
      <Button variant="default" onClick={onClear}>
        Clear the filters
      </Button>
    </div>
  );
}

function NothingYet({ filtered }: { readonly filtered: boolean }) {
  const stored = useStatus(({ sourceKind, counts }) => (sourceKind === "chain" ? (counts?.blocks ?? null) : null));
  const needed = `${formatCount(COMPARED_BLOCKS)} connected blocks${tooFew(stored ?? undefined)}`;
  return (
    <div className={styles.empty}>
      <h2>{filtered ? "No insights of this category yet" : "No insights yet"}</h2>
      <p>
        {filtered
          ? `They appear here as soon as one is published. Most kinds need ${needed}; choose All to see the others.`
          : `They appear here by themselves once blocks are read: very large transfers at once, most others with ${needed}, as they are compared with two weeks.`}
      </p>
    </div>
  );
}

function tooFew(stored: number | undefined): string {
  return stored === undefined || stored >= COMPARED_BLOCKS ? "" : `, of which ${formatCount(stored)} are stored`;
}

type ErrorProps = { readonly message: string; readonly onRetry: () => void };

export function FeedError({ message, onRetry }: ErrorProps) {
  return (
    <div className={styles.empty} role="alert">
      <h2>The insights could not be loaded</h2>
      <p>Reason: {message}. The list is asked for again by itself when the connection is back.</p>
      <Button variant="default" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
