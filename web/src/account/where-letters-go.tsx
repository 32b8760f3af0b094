import { useSession } from "../server/use-session.ts";

/** Said where no mail server is set: nobody waits for a letter that does not come. */
export function WhereLettersGo() {
  if (useSession()?.mailsLetters !== false) return null;
  return (
    <p>
      This server has no mail server set (--smtp-url): its operator finds the letter and its link in{" "}
      <code>utxoiq.log</code>.
    </p>
  );
}
