import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { accounts } from "#contract";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { ownSession } from "../server/use-session.ts";
import styles from "./account.module.css";
import { NameField } from "./fields.tsx";
import { Form } from "./form.tsx";

/** What a browser can write numbers and times as. */
const LOCALES = ["en-GB", "en-US", "de-DE", "fr-FR", "es-ES", "it-IT", "nl-NL", "pt-BR", "ja-JP"] as const;

export function ProfilePanel({ person }: { readonly person: accounts.Person }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: ({ name, timeZone, locale, reminders }: Readonly<Record<string, string>>) => {
      const wanted = { timeZone: timeZone ?? null, locale: locale ?? null, mailsKeyReminders: reminders === "on" };
      return sendJson("/api/v1/account", { name, ...wanted }, "PATCH");
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ownSession.queryKey }),
  });
  return (
    <Panel title="Profile" aside={<Initials name={person.name} />}>
      <div className={styles.inside}>
        <Form action="Save" sending={change.isPending} error={change.error} onSend={change.mutate}>
          <NameField value={person.name} />
          <Select
            label="Time zone"
            name="timeZone"
            value={person.timeZone}
            all={Intl.supportedValuesOf("timeZone")}
            none="UTC, as blocks are"
          />
          <Select label="Language" name="locale" value={person.locale} all={LOCALES} none="As the browser says" />
          <label className={styles.check}>
            <input type="checkbox" name="reminders" defaultChecked={person.mailsKeyReminders} />
            Mail me a week before a key ends
          </label>
        </Form>
        {change.isSuccess && <p role="status">Saved.</p>}
      </div>
    </Panel>
  );
}

type SelectProps = {
  readonly label: string;
  readonly name: string;
  readonly value: string | null;
  readonly all: readonly string[];
  /** What it means that nothing is chosen. */
  readonly none: string;
};

function Select({ label, name, value, all, none }: SelectProps) {
  // One that this browser does not list stays what it is.
  const options = value === null || all.includes(value) ? all : [value, ...all];
  return (
    <label className={styles.search}>
      {label}
      <select name={name} className={styles.select} defaultValue={value ?? ""}>
        <option value="">{none}</option>
        {options.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}

function Initials({ name }: { readonly name: string }) {
  const letters = name
    .split(/\s+/)
    .flatMap((word) => Array.from(word).slice(0, 1))
    .slice(0, 2)
    .join("")
    .toUpperCase();
  return (
    <span className={styles.initials} aria-hidden="true">
      {letters}
    </span>
  );
}
