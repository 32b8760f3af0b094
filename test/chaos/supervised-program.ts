import { type Program, startProgram } from "../helpers/running-program.ts";

/** A command of the program that is started again whenever it ends, as a service manager does. */
export class SupervisedProgram {
  readonly #args: readonly string[];
  #program: Program | undefined;
  #stopped = false;
  /** Times that it ended by itself, and what it said last. */
  readonly ends: string[] = [];

  constructor(args: readonly string[]) {
    this.#args = args;
  }

  start(): void {
    if (this.#stopped) return;
    const program = startProgram(...this.#args);
    this.#program = program;
    void program.ended.then(() => {
      // Whoever kills it starts it.
      if (this.#program !== program) return;
      this.ends.push(program.stderr().slice(-400) || program.stdout().slice(-400));
      this.start();
    });
  }

  /** Waits until its standard output shows the pattern. */
  async says(pattern: RegExp): Promise<void> {
    await this.#program?.shows(pattern);
  }

  get isRunning(): boolean {
    return this.#program !== undefined && this.#program.process.exitCode === null;
  }

  /** For whoever wonders why it does not work. */
  describe(): string {
    const said = this.#program;
    const state = this.isRunning ? "running" : "not running";
    return `${state}, ended ${this.ends.length} times by itself, says ${said?.stdout().slice(-500)} ${said?.stderr()}; ended with ${this.ends.at(-1)}`;
  }

  /** As `kill -9`; returns when it is gone. */
  async kill(): Promise<void> {
    const program = this.#program;
    this.#program = undefined;
    program?.process.kill("SIGKILL");
    await program?.ended;
  }

  /** For good, and in good order. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const program = this.#program;
    this.#program = undefined;
    program?.process.kill("SIGTERM");
    await program?.ended;
  }
}
