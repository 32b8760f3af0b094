import type { StreamState } from "#sdk";
import { useConnection } from "../live/live-context.ts";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import styles from "./header.module.css";

export const CONNECTION_WORDS: Readonly<Record<StreamState, string>> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  offline: "Offline",
};

export const CONNECTION_TONES: Readonly<Record<StreamState, Tone>> = {
  connecting: "waiting",
  live: "good",
  reconnecting: "warning",
  offline: "bad",
};

export function ConnectionIndicator() {
  const { state } = useConnection();
  return (
    <span className={styles.connection} role="status" data-state={state}>
      <StateMark tone={CONNECTION_TONES[state]} />
      {CONNECTION_WORDS[state]}
    </span>
  );
}
