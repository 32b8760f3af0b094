import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { accounts } from "#contract";
import { CopyButton } from "../parts/copy-button.tsx";
import { Panel } from "../parts/panel.tsx";
import { useSession } from "../server/use-session.ts";
import { apiKeys, tiers } from "./account-queries.ts";
import styles from "./account.module.css";
import { KeyRow } from "./key-row.tsx";
import { MakeKeyForm } from "./make-key-form.tsx";

/** Keys with which programs ask as their person. */
export function KeysPanel() {
  const queryClient = useQueryClient();
  const { data } = useQuery(apiKeys);
  const [told, setTold] = useState<accounts.NewKey>();
  const onChanged = (key?: accounts.NewKey) => {
    setTold(key);
    return queryClient.invalidateQueries({ queryKey: apiKeys.queryKey });
  };
  return (
    <Panel title="Keys for programs">
      <div className={styles.inside}>
        {told !== undefined && (
          <p role="status" className={styles.told}>
            This is told once: <code>{told.key}</code> <CopyButton what="the key" text={told.key} />
          </p>
        )}
        <OwnTier />
        <p>
          What a program can ask stands in the{" "}
          <a className={styles.link} href="/reference">
            API reference
          </a>
          .
        </p>
        <ul className={styles.list} aria-label="Keys">
          {data?.keys.map((apiKey) => (
            <KeyRow key={apiKey.id} apiKey={apiKey} onChanged={onChanged} />
          ))}
        </ul>
        <MakeKeyForm key={told?.id} onMade={onChanged} />
      </div>
    </Panel>
  );
}

/** How much one's keys may. */
function OwnTier() {
  const name = useSession()?.person?.tier;
  const { data } = useQuery(tiers);
  const tier = data?.tiers.find((one) => one.name === name);
  if (tier === undefined) return null;
  const { requestsPerHour, keys } = tier;
  return (
    <p>
      Your tier, {tier.name}: {keys} {keys === 1 ? "key" : "keys"} at the same time, which ask{" "}
      {requestsPerHour.toLocaleString("en-US")} times an hour together.
    </p>
  );
}
