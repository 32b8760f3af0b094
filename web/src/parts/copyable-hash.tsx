import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Check, Copy } from "lucide-react";
import { shorten } from "../format/shorten.ts";
import { Hint } from "./hint.tsx";
import styles from "./parts.module.css";
import { OUTCOMES, useCopied } from "./use-copied.ts";

type Props = {
  /** What it is, for the label: "transaction id". */
  readonly what: string;
  readonly value: string;
  /** Its page, where it has one; the button beside it copies. */
  readonly to?: string;
};

/** A long value, shortened in the middle: shown whole on hover and focus, copied whole. */
export function CopyableHash({ what, value, to }: Props) {
  const [outcome, copy] = useCopied(value);
  const Icon = outcome === "copied" ? Check : Copy;
  const button = (
    <Hint label={outcome === undefined ? value : OUTCOMES[outcome]} focus className={styles.wholeHash}>
      <UnstyledButton className={styles.hash} onClick={copy} aria-label={`Copy ${what} ${shorten(value)}`}>
        {to === undefined && <span>{shorten(value)}</span>}
        <Icon size={12} aria-hidden="true" />
        <VisuallyHidden component="span" role="status">
          {outcome === undefined ? "" : OUTCOMES[outcome]}
        </VisuallyHidden>
      </UnstyledButton>
    </Hint>
  );
  if (to === undefined) return button;
  return (
    <span className={styles.linkedHash}>
      <Hint label={value} className={styles.wholeHash}>
        <Link to={to} className={`${styles.hash} ${styles.cited}`}>
          {shorten(value)}
        </Link>
      </Hint>
      {button}
    </span>
  );
}
