import { destination, pino, type Logger as PinoLogger } from "pino";

export type Logger = PinoLogger;

/** JSON lines into a file; without one, silent. The terminal belongs to the person. */
export function createLogger(file: string | undefined, level: string): Logger {
  if (file === undefined) return pino({ enabled: false });
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: file, sync: false, mkdir: true }),
  );
}
