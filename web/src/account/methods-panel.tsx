import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { accounts } from "#contract";
import { Panel } from "../parts/panel.tsx";
import { WallTime } from "../parts/wall-time.tsx";
import { sendJson } from "../server/send-json.ts";
import { methods } from "./account-queries.ts";
import styles from "./account.module.css";
import { AskFirst } from "./ask-first.tsx";
import { ProofFields } from "./fields.tsx";

type Method = accounts.MethodList["methods"][number];

/** Others whose word opens the account; not where nobody's does. */
export function MethodsPanel() {
  const queryClient = useQueryClient();
  const { data } = useQuery(methods);
  const [leaving, setLeaving] = useState<Method>();
  const remove = useMutation({
    mutationFn: (proof: Readonly<Record<string, string>>) =>
      sendJson(`/api/v1/account/methods/${leaving?.id}/remove`, proof),
    onSuccess: () => {
      setLeaving(undefined);
      return queryClient.invalidateQueries({ queryKey: methods.queryKey });
    },
  });
  if (data === undefined || data.methods.length === 0) return null;
  return (
    <Panel title="Signing in by another's word">
      <div className={styles.inside}>
        <AskFirst
          title={`Sign in by ${leaving?.name ?? ""} no more`}
          action="Take it away"
          open={leaving !== undefined}
          sending={remove.isPending}
          error={remove.error}
          onSend={remove.mutate}
          onClose={() => setLeaving(undefined)}
        >
          <p>Who signs in there with your e-mail address, and proves it, can add it again.</p>
          <ProofFields />
        </AskFirst>
        <ul className={styles.list} aria-label="Ways to sign in">
          {data.methods.map((method) => (
            <li key={method.id}>
              <span className={styles.grow}>
                <strong>{method.name}</strong> since <WallTime at={method.createdAt} />
              </span>
              <Button size="sm" variant="default" onClick={() => setLeaving(method)}>
                Take away
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
