import styles from "./parts.module.css";

export type Tone = "good" | "warning" | "bad" | "waiting";

const SHAPES: Readonly<Record<Tone, string>> = {
  good: "M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9Z",
  warning: "M6 1L11 10.5H1Z",
  bad: "M1.5 1.5h9v9h-9Z",
  waiting: "M6 2.25a3.75 3.75 0 1 1 0 7.5a3.75 3.75 0 0 1 0-7.5Z",
};

/** Circle, triangle, square or ring: the state is told by shape as well as by hue, and by the word beside it. */
export function StateMark({ tone }: { readonly tone: Tone }) {
  return (
    <svg className={styles.stateMark} data-tone={tone} viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
      <path d={SHAPES[tone]} />
    </svg>
  );
}
