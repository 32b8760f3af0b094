import { Button } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import styles from "./account.module.css";

type Props = {
  readonly action: string;
  readonly sending: boolean;
  readonly error: Error | null;
  /** With what the fields hold, by their names. */
  readonly onSend: (fields: Readonly<Record<string, string>>) => void;
  readonly children: ReactNode;
};

/** Fields one below the other, what went wrong, and one button. */
export function Form({ action, sending, error, onSend, children }: Props) {
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)];
    // A field that may stay empty says nothing then.
    const filled = entries.filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
    );
    onSend(Object.fromEntries(filled));
  };
  return (
    <form className={styles.form} onSubmit={send}>
      {children}
      {error !== null && (
        <p className={styles.trouble} role="alert">
          {error.message}
        </p>
      )}
      <Button type="submit" color="dark" className={styles.action ?? ""} loading={sending}>
        {action}
      </Button>
    </form>
  );
}
