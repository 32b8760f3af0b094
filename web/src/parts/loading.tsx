import { Skeleton } from "@mantine/core";
import styles from "./parts.module.css";

/** While the code of a page, or what it shows, is fetched. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <div role="status" aria-label={`Loading ${what}`} className={styles.loading}>
      <Skeleton height={96} radius="md" />
      <Skeleton height={280} radius="md" />
      <Skeleton height={280} radius="md" />
    </div>
  );
}
