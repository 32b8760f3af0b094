import { serveMcp } from "#api";
import type { Config } from "#config";

export type McpFlags = { readonly url?: string };

/** `utxoiq mcp`: lets an assistant ask a running server, over standard input and output. */
export async function mcp({ config, signal }: { config: Config; signal: AbortSignal }, flags: McpFlags): Promise<void> {
  await serveMcp(flags.url ?? `http://localhost:${config.port}`, signal);
}
