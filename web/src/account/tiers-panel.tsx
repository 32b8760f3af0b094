import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { accounts } from "#contract";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { tiers } from "./account-queries.ts";
import styles from "./account.module.css";

type Tier = accounts.TierList["tiers"][number];

const FIELDS = [
  ["requestsPerHour", "Requests an hour", 1, 1_000_000],
  ["keys", "Keys at the same time", 0, 5],
  ["exportedInsights", "Insights in a file", 1, 10_000_000],
] as const;

/** What each tier may have of what costs, to be changed. */
export function TiersPanel() {
  const { data, error } = useQuery(tiers);
  return (
    <Panel title="Tiers" aside="a person’s keys and tokens together, from the next request on">
      <div className={styles.inside}>
        {error !== null && <p role="alert">{error.message}</p>}
        {data?.tiers.map((tier) => (
          <TierForm key={tier.name} tier={tier} />
        ))}
      </div>
    </Panel>
  );
}

function TierForm({ tier }: { readonly tier: Tier }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (wanted: Omit<Tier, "name">) => sendJson<Tier>(`/api/v1/tiers/${tier.name}`, wanted, "PATCH"),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tiers.queryKey }),
  });
  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const numberOf = (name: string) => Number(fields.get(name));
    change.mutate({
      requestsPerHour: numberOf("requestsPerHour"),
      keys: numberOf("keys"),
      exportedInsights: numberOf("exportedInsights"),
    });
  };
  return (
    <form className={styles.tier} aria-label={`Tier ${tier.name}`} onSubmit={save} onChange={() => change.reset()}>
      <strong>{tier.name}</strong>
      {FIELDS.map(([name, label, min, max]) => (
        <label key={name} className={styles.search}>
          {label}
          <input type="number" name={name} defaultValue={tier[name]} min={min} max={max} required />
        </label>
      ))}
      <Button type="submit" size="sm" variant="default" loading={change.isPending}>
        Save
      </Button>
      {change.error !== null && <p role="alert">{change.error.message}</p>}
      {change.isSuccess && <p role="status">Saved.</p>}
    </form>
  );
}
