import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { rangeOf, readRangeSearch } from "../metrics/range.ts";
import { RangeControl } from "../metrics/range-control.tsx";
import { Failed } from "../parts/failed.tsx";
import { Loading } from "../parts/loading.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { entities } from "../server/chain-queries.ts";
import { SortedTable } from "../table/sorted-table.tsx";
import { readSorting, writeSorting } from "../table/sorting.ts";
import styles from "./entities.module.css";
import { flowColumns } from "./flow-columns.tsx";

const COLUMNS = flowColumns({ netWideOnly: true });

const COLUMN_IDS = COLUMNS.map(({ id }) => id);
const route = getRouteApi("/entities");

/** Who received and spent what in a time, by labels. */
export function EntitiesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(entities(Math.min(rangeOf(search).days, 366)));
  return (
    <>
      <PageTitle
        title="Entities"
        aside={
          <RangeControl
            search={search}
            steps={false}
            longestDays={366}
            onChange={(next) =>
              void navigate({
                search: ({ range: _range, ...others }) => ({ ...others, ...readRangeSearch(next) }),
                replace: true,
                resetScroll: false,
              })
            }
          />
        }
      >
        What labelled entities received and spent, each transaction netted first. Who is not labelled is not here.
      </PageTitle>
      {error !== null && <Failed what="The entities cannot be read now" error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Loading what="entities" />}
      {data?.entities.length === 0 && (
        <p className={styles.none}>
          No labelled entity took part in these blocks. `utxoiq labels import` reads label files.
        </p>
      )}
      {data !== undefined && data.entities.length > 0 && (
        <SortedTable
          label="Entities"
          columns={COLUMNS}
          rows={data.entities}
          keyOf={({ actor, kind }) => `${actor} ${kind}`}
          sorting={readSorting(search.sort, COLUMN_IDS)}
          onSort={(sorting) => {
            const sort = writeSorting(sorting);
            void navigate({
              search: ({ sort: _sort, ...others }) => (sort === undefined ? others : { ...others, sort }),
              replace: true,
              resetScroll: false,
            });
          }}
        />
      )}
    </>
  );
}
