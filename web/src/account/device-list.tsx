import { Button } from "@mantine/core";
import type { accounts } from "#contract";
import { WallTime } from "../parts/wall-time.tsx";
import styles from "./account.module.css";

type Props = {
  readonly label: string;
  readonly devices: accounts.DeviceList | undefined;
  readonly onEnd: (id: string) => void;
};

/** Browsers that are signed in, each with a button that ends it but the one that looks. */
export function DeviceList({ label, devices, onEnd }: Props) {
  return (
    <ul className={styles.list} aria-label={label}>
      {devices?.sessions.map(({ id, current, createdAt, usedAt, address, userAgent }) => (
        <li key={id}>
          <span className={styles.grow}>
            {describeDevice(userAgent)} · since <WallTime at={createdAt} />, last used <WallTime at={usedAt} /> ·{" "}
            {address ?? "unknown address"}
          </span>
          {current ? (
            <span>This device</span>
          ) : (
            <Button size="sm" variant="default" onClick={() => onEnd(id)}>
              Sign out
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The browser's and the system's name, as far as it tells. */
function describeDevice(userAgent: string | null): string {
  const browser = /(Firefox|Edg|Chrome|Safari|curl)\//.exec(userAgent ?? "")?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent ?? "")?.[1];
  const names = [browser === "Edg" ? "Edge" : browser, system].filter((name) => name !== undefined);
  return names.length === 0 ? "A program" : names.join(" on ");
}
