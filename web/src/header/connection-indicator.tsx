import type { StreamState } from "#sdk";
import { useConnection } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { useMay } from "../server/use-session.ts";
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
  const mayListen = useMay("feed");
  const source = useStatus(({ source: name, sourceDescription }) => ({ name, sourceDescription }));
  // Nothing is heard without an account here, and nothing is on its way.
  if (mayListen === false) return null;
  return (
    <span className={styles.connection} role="status" data-state={state}>
      <StateMark tone={CONNECTION_TONES[state]} />
      <span>{CONNECTION_WORDS[state]}</span>
      {typeof source?.name === "string" && (
        <span className={styles.source} title={source.sourceDescription ?? source.name}>
          {nameOfSource(source.name)}
        </span>
      )}
    </span>
  );
}

/** `core:http://…` and what follows is too long for a line; of a list of sources the first says enough. */
function nameOfSource(source: string): string {
  const [kind = source] = source.split(/[:,]/);
  return WORDS_OF_SOURCES[kind] ?? kind;
}

const WORDS_OF_SOURCES: Readonly<Record<string, string>> = {
  core: "Bitcoin Core",
  "core-files": "files of Bitcoin Core",
  esplora: "Esplora",
  simnet: "simulation",
  dir: "directory",
};
