import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./tip.module.css";

type FigureProps = {
  readonly name: ReactNode;
  /** Undefined: not known yet. */
  readonly value: string | undefined;
  /** The one figure that shows where the live edge is. */
  readonly edge?: boolean;
  /** Whether a phone, which has little room, does without it. */
  readonly spare?: boolean;
  readonly children: ReactNode;
};

export function Figure({ name, value, edge = false, spare = false, children }: FigureProps) {
  return (
    <div className={styles.figure} data-edge={edge} data-spare={spare}>
      <dt>{name}</dt>
      <dd className={styles.value}>{value ?? "–"}</dd>
      <dd className={styles.note}>{children}</dd>
    </div>
  );
}

/** The same size as the figure will have. */
export function FigureLoading({ name, spare = false }: Pick<FigureProps, "name" | "spare">) {
  return (
    <div className={styles.figure} data-spare={spare}>
      <dt>{name}</dt>
      <dd className={styles.value}>
        <Skeleton height={20} width={72} my={4} />
      </dd>
      <dd className={styles.note}>
        <Skeleton height={12} width={112} my={4} />
      </dd>
    </div>
  );
}
