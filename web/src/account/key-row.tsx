import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { accounts } from "#contract";
import { WallTime } from "../parts/wall-time.tsx";
import { sendJson } from "../server/send-json.ts";
import styles from "./account.module.css";
import { AskFirst } from "./ask-first.tsx";
import { ProofFields } from "./fields.tsx";

/** In which programs change over. */
const OVERLAP_HOURS = 24;

type Props = {
  readonly apiKey: accounts.KeyList["keys"][number];
  /** With the key that takes its place, where there is one. */
  readonly onChanged: (successor?: accounts.NewKey) => Promise<unknown>;
};

/** A key with what can be done about it. */
export function KeyRow({ apiKey, onChanged }: Props) {
  const { id, name, prefix, scopes, expiresAt, lastUsedAt, requestsPerHour, isReplaced } = apiKey;
  const [asking, setAsking] = useState<"rotate" | "revoke">();
  const close = (): void => setAsking(undefined);
  const rotate = useMutation({
    mutationFn: ({ atOnce, ...proof }: Readonly<Record<string, string>>) =>
      sendJson<accounts.NewKey>(`/api/v1/account/keys/${id}/rotate`, {
        ...proof,
        overlapHours: atOnce === undefined ? OVERLAP_HOURS : 0,
      }),
    onSuccess: (successor) => {
      close();
      return onChanged(successor);
    },
  });
  const revoke = useMutation({
    mutationFn: () => sendJson(`/api/v1/account/keys/${id}`, undefined, "DELETE"),
    onSuccess: () => {
      close();
      return onChanged();
    },
  });
  return (
    <li>
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
        <Button size="sm" variant="default" onClick={() => setAsking("rotate")}>
          Rotate
        </Button>
      )}
      <Button size="sm" variant="default" onClick={() => setAsking("revoke")}>
        Revoke
      </Button>
      <AskFirst
        title={`Revoke the key ${name}`}
        action="Revoke it"
        open={asking === "revoke"}
        sending={revoke.isPending}
        error={revoke.error}
        onSend={() => revoke.mutate()}
        onClose={close}
      >
        <p>Programs that ask with it are refused from now on. It does not come back.</p>
      </AskFirst>
      <AskFirst
        title={`Another key in the place of ${name}`}
        action="Make the key"
        open={asking === "rotate"}
        sending={rotate.isPending}
        error={rotate.error}
        onSend={rotate.mutate}
        onClose={close}
      >
        <p>The old one goes on for a day, so that your programs can change over. Both count as keys meanwhile.</p>
        <label className={styles.check}>
          <input type="checkbox" name="atOnce" />
          End the old one at once
        </label>
        <ProofFields />
      </AskFirst>
    </li>
  );
}
