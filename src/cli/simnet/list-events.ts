import { STAGEABLE_EVENTS } from "#chain";

type Output = { readonly json: boolean; readonly write: (text: string) => void };

const UNITS = { BTC: "size in BTC", times: "size in times the usual" } as const;

const WIDTH = 21;

/** `utxoiq simnet events`: each kind, what happens, to whom it can, and what its size counts. */
export function listEvents({ json, write }: Output): void {
  for (const event of STAGEABLE_EVENTS) {
    if (json) {
      write(JSON.stringify(event));
      continue;
    }
    const { kind, what, unit, entities } = event;
    write(`${kind.padEnd(WIDTH)}${what}; ${unit === null ? "no size" : UNITS[unit]}`);
    if (entities.length > 0) write(`${"".padEnd(WIDTH)}one of ${entities.join(", ")}`);
  }
}
