import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { passkeys } from "./account-queries.ts";
import styles from "./account.module.css";
import { ProofField } from "./fields.tsx";
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
  const remove = useMutation({
    mutationFn: (id: string) => sendJson(`/api/v1/account/passkeys/${id}`, undefined, "DELETE"),
    onSuccess: renew,
  });
  return (
    <Panel title="Passkeys">
      <div className={styles.inside}>
        {remove.error !== null && <p role="alert">{remove.error.message}</p>}
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
              <Button size="sm" variant="default" onClick={() => remove.mutate(id)}>
                Forget
              </Button>
            </li>
          ))}
        </ul>
        <Form action="Make a passkey" sending={add.isPending} error={add.error} onSend={add.mutate}>
          <TextInput name="name" label="Name of the device" maxLength={80} size="md" required />
          <ProofField />
        </Form>
      </div>
    </Panel>
  );
}
