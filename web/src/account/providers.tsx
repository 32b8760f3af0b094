import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { accounts, Session } from "#contract";
import { sendJson } from "../server/send-json.ts";
import styles from "./account.module.css";

type Props = Session["providers"][number] & { readonly to: string };

/** Leads to somebody else who says who one is, and back. */
export function ProviderButton({ id, name, to }: Props) {
  const ask = useMutation({
    mutationFn: () => sendJson<accounts.ProviderAddress>(`/api/v1/auth/providers/${id}`, { to }),
    onSuccess: ({ url }) => location.assign(url),
  });
  return (
    <div className={styles.below}>
      <Button size="md" variant="default" loading={ask.isPending || ask.isSuccess} onClick={() => ask.mutate()}>
        Sign in with {name}
      </Button>
      {ask.error !== null && <p role="alert">{ask.error.message}</p>}
    </div>
  );
}

/** What the address says when one comes back without being signed in. */
const PROBLEMS: Readonly<Record<string, string>> = {
  API_CODE_REFUSED:
    "This link was used before, is older than 15 minutes or belongs to another instance: utxoiq operator prints a new one.",
  account_deleted: "Your account is deleted. What you said of insights stays, and stands for nobody.",
  AUTH_KEPT_OUT: "An administrator keeps this account out: ask whoever runs this server.",
  access_denied: "You did not allow it there, so you are not signed in.",
  signup_disabled: "Nobody with this address has an account here: ask an administrator for an invitation.",
  account_not_linked:
    "There is an account with this address that is opened otherwise. Sign in as before; its address has to be confirmed first.",
  email_not_verified: "The address is not confirmed there.",
  state_mismatch: "That took too long, or began in another browser. Try once more.",
};

export function problemText(code: string): string {
  const known = Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code] : undefined;
  return known ?? "That did not work: you are not signed in.";
}
