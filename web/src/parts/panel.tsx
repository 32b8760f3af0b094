import { type ReactNode, useId } from "react";
import styles from "./parts.module.css";

type Props = { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode };

export function Panel({ title, aside, children }: Props) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.panelTitle}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
