import { chmodSync, existsSync } from "node:fs";
import { destination, pino, type Logger as PinoLogger } from "pino";

export type Logger = PinoLogger;

const OWNER_ALONE = 0o600;

/**
 * JSON lines into a file that its owner alone can read: letters stand in it where there is no mail server, and their links
 * open accounts. Without a file, silent: the terminal belongs to the person.
 */
export function createLogger(file: string | undefined, level: string): Logger {
  if (file === undefined) return pino({ enabled: false });
  // What an older version made, or somebody copied.
  if (existsSync(file)) chmodSync(file, OWNER_ALONE);
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: file, sync: false, mkdir: true, mode: OWNER_ALONE }),
  );
}
