import { ActionIcon } from "@mantine/core";
import { Bell, BellOff } from "lucide-react";
import { Hint } from "../parts/hint.tsx";
import styles from "./toasts.module.css";
import { useMuted } from "./use-muted.ts";

/** Messages of new insights, on or off. */
export function MuteToggle() {
  const [muted, setMuted] = useMuted();
  const Icon = muted ? BellOff : Bell;
  const label = muted ? "Tell me of new insights" : "Mute messages of new insights";
  return (
    <Hint label={label} focus>
      <ActionIcon
        className={styles.bell ?? ""}
        variant="subtle"
        color="gray"
        size={36}
        aria-label={label}
        onClick={() => setMuted(!muted)}
      >
        <Icon size={18} aria-hidden="true" />
      </ActionIcon>
    </Hint>
  );
}
