import { type Command, Option } from "commander";
import { type Setting, type SettingName, SETTINGS } from "#config";

/** A command below another, with the flags of these settings. */
export function addCommand(
  parent: Command,
  name: string,
  { sentence, settings = [] }: { readonly sentence: string; readonly settings?: readonly SettingName[] },
): Command {
  return addSettings(parent.command(name).description(sentence).exitOverride(), settings);
}

/** Gives a command the flags of these settings. */
export function addSettings(command: Command, settings: readonly SettingName[]): Command {
  for (const setting of settings) command.addOption(optionOf(SETTINGS[setting]));
  return command;
}

/** Defaults are told but not set here: flag, environment, default is the order, and `config` keeps it. */
function optionOf(setting: Setting): Option {
  const fallback = setting.default === undefined ? "" : `, default ${setting.default}`;
  return new Option(setting.flag, `${setting.sentence} (${setting.env.join(", ")}${fallback})`);
}
