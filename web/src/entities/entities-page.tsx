import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { EntityList } from "#contract";
import { formatBtcBriefly, formatCount } from "../format/numbers.ts";
import { rangeOf, readRangeSearch } from "../metrics/range.ts";
import { RangeControl } from "../metrics/range-control.tsx";
import { Loading } from "../parts/loading.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { entities } from "../server/chain-queries.ts";
import { type Column, SortedTable } from "../table/sorted-table.tsx";
import { readSorting, writeSorting } from "../table/sorting.ts";
import styles from "./entities.module.css";

type Entity = EntityList["entities"][number];

const COLUMNS: readonly Column<Entity>[] = [
  {
    id: "actor",
    title: "Entity",
    text: true,
    value: ({ actor }) => actor,
    show: ({ actor }) => (
      <Link to="/entities/$actor" params={{ actor }}>
        {actor}
      </Link>
    ),
  },
  { id: "kind", title: "Kind", text: true, wideOnly: true, value: ({ kind }) => kind, show: ({ kind }) => kind },
  { id: "in", title: "In", value: ({ inflow }) => inflow, show: ({ inflow }) => formatBtcBriefly(inflow) },
  { id: "out", title: "Out", value: ({ outflow }) => outflow, show: ({ outflow }) => formatBtcBriefly(outflow) },
  {
    id: "net",
    title: "Net",
    wideOnly: true,
    value: ({ inflow, outflow }) => inflow - outflow,
    show: ({ inflow, outflow }) => formatBtcBriefly(inflow - outflow),
  },
  {
    id: "mined",
    title: "Mined",
    wideOnly: true,
    value: ({ mined }) => mined,
    show: ({ mined }) => (mined === 0 ? "" : formatBtcBriefly(mined)),
  },
  {
    id: "deposits",
    title: "Deposits",
    wideOnly: true,
    value: ({ deposits }) => deposits,
    show: ({ deposits }) => formatCount(deposits),
  },
  {
    id: "withdrawals",
    title: "Withdrawals",
    wideOnly: true,
    value: ({ withdrawals }) => withdrawals,
    show: ({ withdrawals }) => formatCount(withdrawals),
  },
];

const COLUMN_IDS = COLUMNS.map(({ id }) => id);
const route = getRouteApi("/entities");

/** Who received and spent what in a time, by labels. */
export function EntitiesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error } = useQuery(entities(Math.min(rangeOf(search).days, 366)));
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
      {error !== null && <p role="alert">The entities cannot be read now: {error.message}</p>}
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
