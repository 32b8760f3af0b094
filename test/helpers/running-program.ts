import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs one command of the program to its end, as a process of its own. */
export async function runProgram(...args: readonly string[]): Promise<Outcome> {
  const program = startProgram(...args);
  const code = await program.ended;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

export type Program = {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  stdout(): string;
  stderr(): string;
  /** Waits until standard output shows the pattern and returns its first group. */
  shows(pattern: RegExp, withinMs?: number): Promise<string>;
};

export function startProgram(...args: readonly string[]): Program {
  return startProgramIn(process.cwd(), ...args);
}

/** The same with another working directory, in which it makes its data directories where none is named. */
export function startProgramIn(cwd: string, ...args: readonly string[]): Program {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += String(chunk)));
  child.stderr.on("data", (chunk) => (err += String(chunk)));
  const ended = once(child, "close").then(() => child.exitCode);
  return {
    process: child,
    ended,
    stdout: () => out,
    stderr: () => err,
    async shows(pattern, withinMs = 60_000) {
      const deadline = AbortSignal.timeout(withinMs);
      for (;;) {
        const match = pattern.exec(out);
        if (match !== null) return match[1] ?? match[0];
        if (deadline.aborted || child.exitCode !== null) {
          throw new Error(`${pattern} did not appear.\nstdout: ${out}\nstderr: ${err}`);
        }
        await Promise.race([once(child.stdout, "data", { signal: deadline }), ended]).catch(() => {
          // The deadline is looked at above, with what was said until then.
        });
      }
    },
  };
}
