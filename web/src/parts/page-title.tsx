import type { ReactNode } from "react";
import styles from "./parts.module.css";
import { useTitle } from "./use-title.ts";

type Props = {
  readonly title: string;
  /** A sentence on what the page shows. */
  readonly children?: ReactNode;
  /** Controls at its right. */
  readonly aside?: ReactNode;
};

/** The heading of a page; the window is called the same. */
export function PageTitle({ title, children, aside }: Props) {
  useTitle(title);
  return (
    <div className={styles.pageTitle}>
      <div>
        <h1>{title}</h1>
        {children !== undefined && <p>{children}</p>}
      </div>
      {aside}
    </div>
  );
}
