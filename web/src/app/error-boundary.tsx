import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import styles from "./app.module.css";

type Props = { readonly children: ReactNode };
type State = { readonly failure: string | undefined };

/** What is shown when drawing the page itself fails: never a blank window. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.failure === undefined) return this.props.children;
    return (
      <main className={styles.failure}>
        <h1>The page could not be drawn</h1>
        <p>{this.state.failure}</p>
        <Button onClick={() => location.reload()}>Load it again</Button>
      </main>
    );
  }
}
