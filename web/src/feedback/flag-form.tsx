import { Button } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { Locked } from "../parts/locked.tsx";
import { useMay } from "../server/use-session.ts";
import { type Flagging, useFlag } from "./feedback-queries.ts";
import styles from "./feedback.module.css";

const REASONS: readonly (readonly [Flagging["reason"], string])[] = [
  ["inaccurate", "A number, name or time is wrong"],
  ["misleading", "It is true, and gives a wrong impression"],
  ["spam", "It is of no use, or told too often"],
  ["inappropriate", "It should not be said"],
  ["other", "Something else"],
];

const MOST_CHARACTERS = 1_000;

export function FlagForm({ insightId, onDone }: { readonly insightId: string; readonly onDone: () => void }) {
  const [reason, setReason] = useState<Flagging["reason"]>();
  const [details, setDetails] = useState("");
  const flag = useFlag(insightId);
  const name = useId();
  const maySay = useMay("feedback");
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === undefined) return;
    const said = details.trim() === "" ? {} : { details };
    flag.mutate({ reason, ...said }, { onSuccess: onDone });
  };
  if (maySay === false) return <Locked className={styles.muted} />;
  return (
    <form className={styles.form} onSubmit={send}>
      <fieldset className={styles.reasons}>
        <legend>Reason</legend>
        {REASONS.map(([value, sentence]) => (
          <label key={value} className={styles.reason}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={reason === value}
              onChange={() => setReason(value)}
              required
            />
            {value.charAt(0).toUpperCase() + value.slice(1)}
            <span className={styles.muted}>{sentence}</span>
          </label>
        ))}
      </fieldset>
      <label className={styles.field}>
        Details, if you like
        <textarea
          className={styles.text}
          rows={3}
          maxLength={MOST_CHARACTERS}
          value={details}
          onChange={({ target }) => setDetails(target.value)}
        />
      </label>
      {flag.isError && (
        <p role="alert" className={styles.failed}>
          Not sent: {flag.error.message}
        </p>
      )}
      <Button type="submit" loading={flag.isPending} disabled={reason === undefined}>
        Send the flag
      </Button>
    </form>
  );
}
