import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { accounts } from "#contract";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import { apiKeys, tiers } from "./account-queries.ts";
import styles from "./account.module.css";
import { AskFirst } from "./ask-first.tsx";
import { ProofFields } from "./fields.tsx";
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

/** In which programs change over. */
const OVERLAP_HOURS = 24;

/** For how long a key may be made. */
const DAYS = [7, 30, 90, 180, 365] as const;
const USUAL_DAYS = 90;

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
    mutationFn: ({ name, password, code, days, most, ...rest }: Readonly<Record<string, string>>) => {
      const limit = most === undefined ? {} : { requestsPerHour: Number(most) };
      const asked = { name, password, code, days: Number(days), ...limit, scopes: Object.keys(rest) };
      return sendJson<accounts.NewKey>("/api/v1/account/keys", asked);
    },
    onSuccess: renew,
  });
  const [rotating, setRotating] = useState<{ readonly id: string; readonly name: string }>();
  const rotate = useMutation({
    mutationFn: ({ atOnce, ...proof }: Readonly<Record<string, string>>) =>
      sendJson<accounts.NewKey>(`/api/v1/account/keys/${rotating?.id}/rotate`, {
        ...proof,
        overlapHours: atOnce === undefined ? OVERLAP_HOURS : 0,
      }),
    onSuccess: (key) => {
      setRotating(undefined);
      return renew(key);
    },
  });
  const [revoking, setRevoking] = useState<{ readonly id: string; readonly name: string }>();
  const revoke = useMutation({
    mutationFn: () => sendJson(`/api/v1/account/keys/${revoking?.id}`, undefined, "DELETE"),
    onSuccess: () => {
      setRevoking(undefined);
      return renew();
    },
  });
  return (
    <Panel title="Keys for programs">
      <div className={styles.inside}>
        {told !== undefined && (
          <p role="status" className={styles.told}>
            This is told once: <code>{told.key}</code>
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
          {data?.keys.map(({ id, name, prefix, scopes, expiresAt, lastUsedAt, requestsPerHour, isReplaced }) => (
            <li key={id}>
              <span className={styles.grow}>
                <strong>{name}</strong> <code>{prefix}…</code> {scopes.join(", ")} · until <WallTime at={expiresAt} /> ·{" "}
                {isReplaced && "another has its place · "}
                {requestsPerHour !== null && `${requestsPerHour} requests an hour · `}
                {lastUsedAt === null ? (
                  "never used"
                ) : (
                  <>
                    last used <WallTime at={lastUsedAt} />
                  </>
                )}
              </span>
              {!isReplaced && (
                <Button size="sm" variant="default" onClick={() => setRotating({ id, name })}>
                  Rotate
                </Button>
              )}
              <Button size="sm" variant="default" onClick={() => setRevoking({ id, name })}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
        <Form key={told?.id} action="Make a key" sending={make.isPending} error={make.error} onSend={make.mutate}>
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
        <AskFirst
          title={`Revoke the key ${revoking?.name ?? ""}`}
          action="Revoke it"
          open={revoking !== undefined}
          sending={revoke.isPending}
          error={revoke.error}
          onSend={() => revoke.mutate()}
          onClose={() => setRevoking(undefined)}
        >
          <p>Programs that ask with it are refused from now on. It does not come back.</p>
        </AskFirst>
        <AskFirst
          title={`Another key in the place of ${rotating?.name ?? ""}`}
          action="Make the key"
          open={rotating !== undefined}
          sending={rotate.isPending}
          error={rotate.error}
          onSend={rotate.mutate}
          onClose={() => setRotating(undefined)}
        >
          <p>The old one goes on for a day, so that your programs can change over. Both count as keys meanwhile.</p>
          <label className={styles.check}>
            <input type="checkbox" name="atOnce" />
            End the old one at once
          </label>
          <ProofFields />
        </AskFirst>
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
