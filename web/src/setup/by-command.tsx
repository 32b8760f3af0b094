import styles from "./setup.module.css";

/** For whoever starts the program. */
export function ByCommand() {
  return (
    <div className={styles.commands}>
      <p>With a Bitcoin Core node on the same machine:</p>
      <code tabIndex={0}>npm start -- --source core:http://127.0.0.1:8332</code>
      <p>or with its files, while it runs or not:</p>
      <code tabIndex={0}>npm start -- --source core-files:$HOME/.bitcoin</code>
      <p>docs/guide/connecting-a-node.md tells of nodes on other machines, of Esplora servers, and more.</p>
    </div>
  );
}
