import { AsyncLocalStorage } from "node:async_hooks";
import type { Database } from "#store";

/** What can be asked within a transaction. */
type Transaction = Parameters<Parameters<ReturnType<Database["transaction"]>["execute"]>[0]>[0];

const current = new AsyncLocalStorage<Transaction>();

/** The same database, whose queries belong to the transaction that `inOneTransaction` has open, where it has one. */
export function joinTransaction(db: Database): Database {
  return new Proxy(db, {
    get: (_db, name) => {
      const open = current.getStore();
      // What wants a transaction or a connection of its own is part of the one that is open; the library looks at its
      // tables by a connection when it is first asked for anything.
      const ofItsOwn = name === "transaction" || name === "connection";
      if (open !== undefined && ofItsOwn) return () => ({ execute: (work: Work) => work(open) });
      const target = open ?? db;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

type Work = (trx: Transaction) => Promise<unknown>;

/** What the library changes meanwhile and what is changed here, such as the audit log: all of it or nothing. */
export async function inOneTransaction<Result>(
  db: Database,
  work: (trx: Transaction) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute((trx) => current.run(trx, () => work(trx)));
}
