import { sql } from "kysely";
import type { Database } from "../database/schema.ts";

/** A process that said nothing for so long is dead. */
const DEAD_SECONDS = 30;

type Asking = {
  readonly process: string;
  readonly network: string;
  /** As many as the process would have then. */
  readonly wanted: number;
  /** That all processes together may have of a network. */
  readonly most: number;
};

/** How many streams of a network this process may have from now on: as many as are wanted, or as many as are left. */
export async function takeStreamShares(db: Database, { process, network, wanted, most }: Asking): Promise<number> {
  return db.transaction().execute(async (trx) => {
    // Two at once would each find the same left.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`streams of ${network}`}, 0))`.execute(trx);
    const { rows } = await sql<{ others: number }>`
      SELECT coalesce(sum(shares), 0)::integer AS others FROM stream_shares
      WHERE network = ${network} AND process <> ${process}
        AND seen_at > clock_timestamp() - make_interval(secs => ${DEAD_SECONDS})`.execute(trx);
    const shares = Math.min(wanted, most - (rows[0]?.others ?? most));
    if (shares <= 0) return 0;
    await sql`
      INSERT INTO stream_shares (network, process, shares, seen_at)
      VALUES (${network}, ${process}, ${shares}, clock_timestamp())
      ON CONFLICT (network, process) DO UPDATE SET shares = excluded.shares, seen_at = excluded.seen_at`.execute(trx);
    return shares;
  });
}

/**
 * Says that a process is alive and has so many of each network; what is not named here it gives back.
 * @returns the networks of which it has still: of others it was taken for dead
 */
export async function renewStreamShares(
  db: Database,
  process: string,
  shares: ReadonlyMap<string, number>,
): Promise<ReadonlySet<string>> {
  const [networks, counts] = [[...shares.keys()], [...shares.values()]];
  return db.transaction().execute(async (trx) => {
    await sql`
      DELETE FROM stream_shares WHERE process = ${process} AND NOT network = ANY (${networks}::text[])`.execute(trx);
    const { rows } = await sql<{ network: string }>`
      UPDATE stream_shares SET shares = held.shares, seen_at = clock_timestamp()
      FROM unnest(${networks}::text[], ${counts}::integer[]) AS held (network, shares)
      WHERE stream_shares.network = held.network AND process = ${process}
        AND seen_at > clock_timestamp() - make_interval(secs => ${DEAD_SECONDS})
      RETURNING stream_shares.network`.execute(trx);
    const dead = sql`seen_at < clock_timestamp() - make_interval(secs => ${DEAD_SECONDS})`;
    await sql`DELETE FROM stream_shares WHERE ${dead}`.execute(trx);
    return new Set(rows.map(({ network }) => network));
  });
}
