import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { formatCount } from "../format/numbers.ts";
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

const COLUMN_IDS = BLOCK_COLUMNS.map(({ id }) => id);
const route = getRouteApi("/blocks");

/** The newest blocks, a day of them at first; new ones come in by themselves. */
export function BlocksPage() {
  const { sort } = route.useSearch();
  const navigate = route.useNavigate();
  const [count, setCount] = useState(A_DAY);
  const { data, error, refetch, isPlaceholderData } = useQuery(blocks(count));
  return (
    <>
      <PageTitle title="Blocks">
        {sort === undefined
          ? "Newest first."
          : `Sorted are the ${formatCount(data?.blocks.length ?? count)} newest blocks alone.`}{" "}
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
          sorting={readSorting(sort, COLUMN_IDS)}
          onSort={(sorting) => {
            const text = writeSorting(sorting);
            void navigate({ search: text === undefined ? {} : { sort: text }, replace: true, resetScroll: false });
          }}
        />
      )}
      {data !== undefined && data.nextPageToken !== null && count < MOST && (
        <Button
          variant="default"
          className={styles.more ?? ""}
          loading={isPlaceholderData}
          onClick={() => setCount(MOST)}
        >
          Show the newest {formatCount(MOST)}
        </Button>
      )}
    </>
  );
}
