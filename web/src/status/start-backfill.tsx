import { Button, NumberInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { BackfillJob, BackfillList } from "#contract";
import { formatCount } from "../format/numbers.ts";
import { Dialog } from "../parts/dialog.tsx";
import { backfills } from "../server/queries.ts";
import { sendJson } from "../server/send-json.ts";
import styles from "./status.module.css";

type Props = { readonly open: boolean; readonly onClose: () => void; readonly stored: BackfillList["stored"] };

const PARTS = [
  { value: "all", label: "Everything" },
  { value: "features", label: "Features alone" },
  { value: "signals", label: "Signals alone" },
];

export function StartBackfill({ open, onClose, stored }: Props) {
  return (
    <Dialog title="Read older blocks" open={open} onClose={onClose}>
      {stored === null ? (
        <p>Nothing is stored yet: older blocks can be read once the tip is followed.</p>
      ) : (
        <StartForm stored={stored} onDone={onClose} />
      )}
    </Dialog>
  );
}

type FormProps = { readonly stored: NonNullable<BackfillList["stored"]>; readonly onDone: () => void };

/** Below what is stored where anything is missing there, else what is stored anew. */
function StartForm({ stored, onDone }: FormProps) {
  const missing = stored.first > 0;
  const [from, setFrom] = useState<number | string>(0);
  const [to, setTo] = useState<number | string>(missing ? stored.first - 1 : stored.last);
  const [part, setPart] = useState("all");
  const queryClient = useQueryClient();
  const start = useMutation({
    mutationFn: () => {
      const only = part === "all" ? {} : { only: part };
      return sendJson<BackfillJob>("/api/v1/monitoring/backfill", { from: Number(from), to: Number(to), ...only });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: backfills.queryKey });
      onDone();
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <p>
        Blocks {formatCount(stored.first)} to {formatCount(stored.last)} are stored. A range below them has to end at{" "}
        {formatCount(Math.max(0, stored.first - 1))}, one among them is computed anew.
      </p>
      <div className={styles.fields}>
        <NumberInput
          label="First block"
          value={from}
          onChange={setFrom}
          required
          min={0}
          allowDecimal={false}
          size="md"
        />
        <NumberInput label="Last block" value={to} onChange={setTo} required min={0} allowDecimal={false} size="md" />
      </div>
      <fieldset className={styles.parts}>
        <legend>What to make</legend>
        {PARTS.map(({ value, label }) => (
          <label key={value}>
            <input type="radio" name="part" checked={part === value} onChange={() => setPart(value)} />
            {label}
          </label>
        ))}
      </fieldset>
      {start.error !== null && (
        <p className={styles.trouble} role="alert">
          {start.error.message}
        </p>
      )}
      <Button type="submit" color="dark" className={styles.action ?? ""} loading={start.isPending}>
        Start
      </Button>
    </form>
  );
}
