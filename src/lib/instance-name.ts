import { hostname } from "node:os";

/** This process among all that work on a database: machine and process. */
export function instanceName(): string {
  return `${hostname()}:${process.pid}`;
}
