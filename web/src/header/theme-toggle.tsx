import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Moon, Sun } from "lucide-react";
import { Hint } from "../parts/hint.tsx";
import styles from "./header.module.css";

/** Switches to the other scheme. Where that is the system's own, the page goes back to following the system. */
export function ThemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme("dark");
  const other = shown === "dark" ? "light" : "dark";
  const Icon = other === "dark" ? Moon : Sun;
  const label = `Switch to the ${other} theme`;
  const change = (): void => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    setColorScheme(other === system ? "auto" : other);
  };
  return (
    <Hint label={label} focus>
      <ActionIcon className={styles.toggle} variant="subtle" color="gray" size={36} onClick={change} aria-label={label}>
        <Icon size={18} aria-hidden="true" />
      </ActionIcon>
    </Hint>
  );
}
