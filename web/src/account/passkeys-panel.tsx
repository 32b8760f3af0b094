import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { passkeys } from "./account-queries.ts";
import styles from "./account.module.css";
import { AskFirst } from "./ask-first.tsx";
import { ProofFields } from "./fields.tsx";
import { Form } from "./form.tsx";
import { WallTime } from "../parts/wall-time.tsx";
import { makePasskey } from "./passkeys.ts";

/** What opens the account without a password: a phone, a computer or a key that knows its owner. */
export function PasskeysPanel() {
  const queryClient = useQueryClient();
  const { data } = useQuery(passkeys);
  const renew = () => queryClient.invalidateQueries({ queryKey: passkeys.queryKey });
  const add = useMutation({
    mutationFn: ({ name = "", ...proof }: Readonly<Record<string, string>>) => makePasskey(name, proof),
    onSuccess: renew,
  });
  const [leaving, setLeaving] = useState<{ readonly id: string; readonly name: string | null }>();
  const remove = useMutation({
    mutationFn: (proof: Readonly<Record<string, string>>) =>
      sendJson(`/api/v1/account/passkeys/${leaving?.id}/remove`, proof),
    onSuccess: () => {
      setLeaving(undefined);
      return renew();
    },
  });
  return (
    <Panel title="Passkeys">
      <div className={styles.inside}>
        <AskFirst
          title={`Forget the passkey ${leaving?.name ?? ""}`}
          action="Forget it"
          open={leaving !== undefined}
          sending={remove.isPending}
          error={remove.error}
          onSend={remove.mutate}
          onClose={() => setLeaving(undefined)}
        >
          <p>It opens your account no more.</p>
          <ProofFields />
        </AskFirst>
        <ul className={styles.list} aria-label="Passkeys">
          {data?.passkeys.map(({ id, name, createdAt, backedUp }) => (
            <li key={id}>
              <span className={styles.grow}>
                <strong>{name}</strong>{" "}
                {createdAt !== null && (
                  <>
                    since <WallTime at={createdAt} />
                  </>
                )}
                {backedUp && " · kept on several devices"}
              </span>
              <Button size="sm" variant="default" onClick={() => setLeaving({ id, name })}>
                Forget
              </Button>
            </li>
          ))}
        </ul>
        <Form
          key={data?.passkeys.length}
          action="Make a passkey"
          sending={add.isPending}
          error={add.error}
          onSend={add.mutate}
        >
          <TextInput name="name" label="Name of the device" maxLength={80} size="md" required />
          <ProofFields />
        </Form>
      </div>
    </Panel>
  );
}
