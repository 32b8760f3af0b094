import { ArrowRight } from "lucide-react";
import { formatCount } from "../format/numbers.ts";
import { useConnection } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { Panel } from "../parts/panel.tsx";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import { type Component, measureOf, NAMES, TONES, WORDS } from "./component-states.ts";
import styles from "./status.module.css";

const ORDER: readonly Component["name"][] = ["source", "ingest", "database", "api"];

type Stop = { readonly name: string; readonly tone: Tone; readonly word: string; readonly note: string };

/** The way of a block: each part needs the one before it. */
export function DependencyPicture() {
  const status = useStatus((newest) => newest);
  const live = useConnection().state === "live";
  if (status === undefined) return null;
  const stops: Stop[] = ORDER.flatMap((name) => {
    const component = status.components.find((each) => each.name === name);
    if (component === undefined) return [];
    const { figure, meaning } = measureOf(component, status);
    const note = name === "source" ? (status.source ?? "none") : `${figure} ${meaning}`;
    return [{ name: NAMES[name], tone: TONES[component.state], word: WORDS[component.state], note }];
  });
  const clients = `${formatCount(status.streamClients)} open ${status.streamClients === 1 ? "stream" : "streams"}`;
  stops.push({ name: "Clients", tone: live ? "good" : "waiting", word: live ? "Connected" : "Unknown", note: clients });
  return (
    <Panel title="From source to page">
      <ol className={styles.way}>
        {stops.map(({ name, tone, word, note }, index) => (
          <li key={name}>
            {index > 0 && <ArrowRight className={styles.arrow ?? ""} size={16} aria-hidden="true" />}
            <span className={styles.stop}>
              <strong>{name}</strong>
              <span className={styles.state}>
                <StateMark tone={live ? tone : "waiting"} />
                {live ? word : "Unknown"}
              </span>
              <span className={styles.note}>{note}</span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
