import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { formatCount } from "../format/numbers.ts";
import { useStatus } from "../live/use-status.ts";
import { Failed } from "../parts/failed.tsx";
import { Loading } from "../parts/loading.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { blocks } from "../server/chain-queries.ts";
import { SortedTable } from "../table/sorted-table.tsx";
import { readSorting, writeSorting } from "../table/sorting.ts";
import { BLOCK_COLUMNS } from "./block-columns.tsx";
import styles from "./blocks.module.css";

const A_DAY = 144;
/** What the server gives at once. */
const MOST = 1_000;

/** Among so many of the newest blocks the server sorts (`sort` of GET /api/v1/blocks). */
const SORTED = 10_000;

const COLUMN_IDS = BLOCK_COLUMNS.map(({ id }) => id);
const route = getRouteApi("/blocks");

/** The newest blocks, a day of them at first; new ones come in by themselves. */
export function BlocksPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const count = Math.min(search.rows ?? A_DAY, MOST);
  const stored = useStatus(({ counts }) => counts?.blocks) ?? 0;
  const sorted = stored > SORTED ? `the newest ${formatCount(SORTED)} blocks` : "all blocks";
  const sorting = readSorting(search.sort, COLUMN_IDS);
  const { data, error, refetch, isPlaceholderData } = useQuery(blocks(count, writeSorting(sorting)));
  return (
    <>
      <PageTitle title="Blocks">
        {sorting.length === 0
          ? "Newest first."
          : `The first ${formatCount(data?.blocks.length ?? count)} of ${sorted} in this order.`}{" "}
        <span className={styles.hint}>Press a column's head to sort by it, with Shift to sort by several.</span>
      </PageTitle>
      {error !== null && <Failed what="The blocks cannot be read now" error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Loading what="blocks" />}
      {data?.blocks.length === 0 && <p>No block is stored yet; they appear here as they are read.</p>}
      {data !== undefined && data.blocks.length > 0 && (
        <SortedTable
          label="Blocks"
          columns={BLOCK_COLUMNS}
          rows={data.blocks}
          keyOf={({ hash }) => hash}
          sorting={sorting}
          ordered
          onSort={(next) => {
            const sort = writeSorting(next);
            void navigate({
              search: ({ sort: _sort, ...others }) => (sort === undefined ? others : { ...others, sort }),
              replace: true,
              resetScroll: false,
            });
          }}
        />
      )}
      {data !== undefined && data.nextPageToken !== null && count < MOST && (
        <Button
          variant="default"
          className={styles.more ?? ""}
          loading={isPlaceholderData}
          onClick={() =>
            void navigate({ search: (others) => ({ ...others, rows: MOST }), replace: true, resetScroll: false })
          }
        >
          Show {formatCount(MOST)}
        </Button>
      )}
    </>
  );
}
