import { ArrowRight } from "lucide-react";
import { formatCount } from "../format/numbers.ts";
import { formatAgo, secondsBetween } from "../format/times.ts";
import { useConnection } from "../live/live-context.ts";
import { useStatus } from "../live/use-status.ts";
import { Panel } from "../parts/panel.tsx";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import { measureOf, NAMES, TONES, WAY, WORDS } from "./component-states.ts";
import styles from "./status.module.css";

type Stop = { readonly name: string; readonly tone: Tone; readonly word: string; readonly notes: readonly string[] };

/** The way of a block, each part with its state, one measured figure and how old that is. */
export function DependencyPicture() {
  const status = useStatus((newest) => newest);
  const live = useConnection().state === "live";
  if (status === undefined) return null;
  const stops: Stop[] = WAY.flatMap((name) => {
    const component = status.components.find((each) => each.name === name);
    if (component === undefined) return [];
    const { figure, meaning } = measureOf(component, status);
    const notes = [
      `${figure} ${meaning}`,
      ...(component.reason === null ? [] : [component.reason]),
      live ? `measured ${formatAgo(secondsBetween(component.checkedAt, status.now))}` : "when last heard",
    ];
    return [{ name: NAMES[name], tone: TONES[component.state], word: WORDS[component.state], notes }];
  });
  const clients = `${formatCount(status.streamClients)} open ${status.streamClients === 1 ? "stream" : "streams"}`;
  stops.push({
    name: "Clients",
    tone: live ? "good" : "waiting",
    word: live ? "Connected" : "Unknown",
    notes: [clients],
  });
  return (
    <Panel title="From source to page" aside={status.source ?? undefined}>
      <ol className={styles.way}>
        {stops.map(({ name, tone, word, notes }, index) => (
          <li key={name}>
            {index > 0 && <ArrowRight className={styles.arrow ?? ""} size={16} aria-hidden="true" />}
            <span className={styles.stop}>
              <strong>{name}</strong>
              <span className={styles.state}>
                <StateMark tone={live ? tone : "waiting"} />
                {live ? word : "Unknown"}
              </span>
              {notes.map((note) => (
                <span key={note} className={styles.note}>
                  {note}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
