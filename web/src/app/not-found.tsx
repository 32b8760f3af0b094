import { Link } from "@tanstack/react-router";
import { useTitle } from "../parts/use-title.ts";
import styles from "./app.module.css";

export function NotFound() {
  useTitle("Not found");
  return (
    <div className={styles.failure}>
      <h1>There is no such page</h1>
      <p>The address leads nowhere. The pages are in the bar above; press ? for the keys that lead to them.</p>
      <Link to="/dashboard">Go to the insights</Link>
    </div>
  );
}
