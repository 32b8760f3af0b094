import { SETTINGS, type Setting } from "#config";
import type { Complete } from "./store-command.ts";

export const complete: Complete = (command, { write }) => {
  command.action(() => write(describeSettings()));
};

/** `utxoiq config`: every setting, as docs/reference/settings.md has it. */
export function describeSettings(): string {
  const rows = Object.values(SETTINGS).map((setting: Setting) =>
    [
      `\`${setting.flag}\``,
      setting.env.map((name) => `\`${name}\``).join(", "),
      setting.default === undefined ? "none" : `\`${setting.default}\``,
      setting.choices === undefined ? setting.sentence : `${setting.sentence} One of ${setting.choices.join(", ")}.`,
    ].join(" | "),
  );
  return [
    "| Flag | Environment | Default | What it does |",
    "| --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
}
