import { PageTitle } from "../parts/page-title.tsx";
import styles from "./account.module.css";
import { WhereLettersGo } from "./where-letters-go.tsx";

/** Said whether there is such an account or not. */
export function LetterSent({ title, what }: { readonly title: string; readonly what: string }) {
  return (
    <div className={styles.narrow}>
      <PageTitle title={title} />
      <p role="status">A letter is on its way to this address. Open its link to {what}.</p>
      <WhereLettersGo />
    </div>
  );
}
