import { X } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useId, useRef } from "react";
import styles from "./parts.module.css";

type Props = {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** What it was opened for; the first control where nothing is said. */
  readonly focusOn?: RefObject<HTMLElement | null>;
  /** Lies at the bottom of a phone, where fingers are. */
  readonly sheet?: boolean;
  readonly children: ReactNode;
};

/** Over the page, which waits: the browser's own dialog holds the focus, closes at Esc and gives the focus back. */
export function Dialog({ title, open, onClose, focusOn, sheet = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) {
      dialog.current?.close();
      return;
    }
    dialog.current?.showModal();
    focusOn?.current?.focus();
  }, [open, focusOn]);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-sheet={sheet}
      aria-labelledby={id}
      onClose={onClose}
      closedby="any"
    >
      {open && (
        <div className={styles.dialogContent}>
          <div className={styles.dialogTitle}>
            <h2 id={id}>{title}</h2>
            <button type="button" className={styles.close} aria-label="Close" onClick={onClose}>
              <X size={16} aria-hidden="true" />
            </button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
