import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { accounts } from "#contract";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import { apiKeys } from "./account-queries.ts";
import styles from "./account.module.css";
import { ProofField } from "./fields.tsx";
import { Form } from "./form.tsx";
import { WallTime } from "../parts/wall-time.tsx";

const SCOPES = [
  ["feed", "insights and briefs"],
  ["chain", "blocks, series, entities, mempool"],
  ["monitor", "measurements and backfills"],
  ["feedback", "saying something of insights"],
  ["moderate", "hiding comments"],
  ["operate", "starting backfills"],
] as const;

/** Keys with which programs ask as their person. */
export function KeysPanel() {
  const queryClient = useQueryClient();
  const permissions = useSession()?.permissions ?? [];
  const { data } = useQuery(apiKeys);
  const [told, setTold] = useState<accounts.NewKey>();
  const renew = (key?: accounts.NewKey) => {
    setTold(key);
    return queryClient.invalidateQueries({ queryKey: apiKeys.queryKey });
  };
  const make = useMutation({
    mutationFn: ({ name, password, ...rest }: Readonly<Record<string, string>>) =>
      sendJson<accounts.NewKey>("/api/v1/account/keys", { name, password, scopes: Object.keys(rest) }),
    onSuccess: renew,
  });
  const rotate = useMutation({
    mutationFn: (id: string) => sendJson<accounts.NewKey>(`/api/v1/account/keys/${id}/rotate`),
    onSuccess: renew,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => sendJson(`/api/v1/account/keys/${id}`, undefined, "DELETE"),
    onSuccess: () => renew(),
  });
  return (
    <Panel title="Keys for programs">
      <div className={styles.inside}>
        {told !== undefined && (
          <p role="status" className={styles.told}>
            This is told once: <code>{told.key}</code>
          </p>
        )}
        <p>
          What a program can ask stands in the{" "}
          <a className={styles.link} href="/reference">
            API reference
          </a>
          .
        </p>
        <ul className={styles.list} aria-label="Keys">
          {data?.keys.map(({ id, name, prefix, scopes, expiresAt, lastUsedAt }) => (
            <li key={id}>
              <span className={styles.grow}>
                <strong>{name}</strong> <code>{prefix}…</code> {scopes.join(", ")} · until <WallTime at={expiresAt} /> ·{" "}
                {lastUsedAt === null ? (
                  "never used"
                ) : (
                  <>
                    last used <WallTime at={lastUsedAt} />
                  </>
                )}
              </span>
              <Button size="sm" variant="default" onClick={() => rotate.mutate(id)}>
                Rotate
              </Button>
              <Button size="sm" variant="default" onClick={() => revoke.mutate(id)}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
        <Form
          action="Make a key"
          sending={make.isPending}
          error={make.error ?? rotate.error ?? revoke.error}
          onSend={make.mutate}
        >
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
          <ProofField />
        </Form>
      </div>
    </Panel>
  );
}
