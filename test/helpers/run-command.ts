import { vi } from "vitest";
import { runCli } from "#cli";
import type { Outcome } from "./running-program.ts";

/** One command from its arguments to its exit code, in this process: as many of the program's own take ten times as long. */
export async function runCommand(...args: readonly string[]): Promise<Outcome> {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  try {
    return { code: await runCli(args, new AbortController().signal), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
