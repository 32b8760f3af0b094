import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { accounts } from "#contract";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import styles from "./account.module.css";
import { ProofFields } from "./fields.tsx";
import { Form } from "./form.tsx";

const SCOPES = [
  ["feed", "insights and briefs"],
  ["chain", "blocks, series, entities, mempool"],
  ["monitor", "measurements and backfills"],
  ["feedback", "saying something of insights"],
  ["moderate", "hiding comments"],
  ["operate", "starting backfills"],
] as const;

/** For how long a key may be made. */
const DAYS = [7, 30, 90, 180, 365] as const;
const USUAL_DAYS = 90;

type Props = { readonly onMade: (key: accounts.NewKey) => Promise<unknown> };

export function MakeKeyForm({ onMade }: Props) {
  const permissions = useSession()?.permissions ?? [];
  const make = useMutation({
    mutationFn: ({ name, password, code, days, most, ...rest }: Readonly<Record<string, string>>) => {
      const limit = most === undefined ? {} : { requestsPerHour: Number(most) };
      const asked = { name, password, code, days: Number(days), ...limit, scopes: Object.keys(rest) };
      return sendJson<accounts.NewKey>("/api/v1/account/keys", asked);
    },
    onSuccess: onMade,
  });
  return (
    <Form action="Make a key" sending={make.isPending} error={make.error} onSend={make.mutate}>
      <TextInput name="name" label="What it is for" maxLength={80} size="md" required />
      <fieldset className={styles.scopes}>
        <legend>What it may</legend>
        {SCOPES.filter(([scope]) => permissions.includes(scope)).map(([scope, words]) => (
          <label key={scope}>
            <input type="checkbox" name={scope} defaultChecked={scope === "feed"} />
            {words}
          </label>
        ))}
      </fieldset>
      <label className={styles.search}>
        For how long
        <select name="days" className={styles.select} defaultValue={USUAL_DAYS}>
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {days} days
            </option>
          ))}
        </select>
      </label>
      <TextInput
        name="most"
        type="number"
        label="Requests an hour at most"
        description="Of this key alone; left empty, as many as your tier may"
        min={1}
        max={1_000_000}
        size="md"
      />
      <ProofFields />
    </Form>
  );
}
