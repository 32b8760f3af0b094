import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import styles from "./parts.module.css";

type Props = { readonly title: string; readonly children: ReactNode };

/** What is drawn, and asked of the server, once somebody opens it. */
export function Folded({ title, children }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {title}
        <ChevronDown size={16} aria-hidden="true" />
      </button>
      <div id={id} className={styles.folded} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
