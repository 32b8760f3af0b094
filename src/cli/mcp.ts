import { serveMcp } from "#api";
import { type Config, type Flags, readConfig } from "#config";
import { addSettings } from "./add-command.ts";
import type { Complete } from "./store-command.ts";

export type McpFlags = { readonly url?: string };

export const complete: Complete = (command, { signal }) => {
  addSettings(command, ["port"])
    .option("--url <url>", "that server, where it is not on this machine")
    .action((flags: Flags & McpFlags) => mcp({ config: readConfig(flags), signal }, flags));
};

/** `utxoiq mcp`: lets an assistant ask a running server, over standard input and output. */
export async function mcp({ config, signal }: { config: Config; signal: AbortSignal }, flags: McpFlags): Promise<void> {
  await serveMcp(flags.url ?? `http://localhost:${config.port}`, signal);
}
