import styles from "./chart.module.css";

/** How charts are zoomed: by a pointer and keys, or by fingers, as the reader has them. */
export function ZoomHint() {
  return (
    <>
      <span className={styles.byPointer}>
        Drag across a chart to zoom, with Shift to move; Ctrl and the wheel zoom, too. On a chart that has the focus, +
        and − zoom, arrows move and 0 shows all.
      </span>
      <span className={styles.byTouch}>Pinch a chart to zoom, and move it with a finger.</span>
    </>
  );
}

/** The same in a line below a chart. */
export function ZoomNote() {
  return (
    <p className={styles.note}>
      <ZoomHint />
    </p>
  );
}
