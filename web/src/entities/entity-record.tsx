import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { LabelList } from "#contract";
import blocks from "../blocks/blocks.module.css";
import { TransfersTable } from "../blocks/transfers-table.tsx";
import { FewCards } from "../feed/few-cards.tsx";
import { formatDay } from "../format/times.ts";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import { entityInsights, entityLabels, newestTransfers } from "../server/chain-queries.ts";
import styles from "./entities.module.css";
import { type Column, SortedTable } from "../table/sorted-table.tsx";
import type { Sorting } from "../table/sorting.ts";

/** What was told of an entity, its share in the newest large transfers, and where its labels are from. */
export function EntityRecord({ actor }: { readonly actor: string }) {
  return (
    <div className={`${blocks.parts} ${styles.record}`}>
      <Insights actor={actor} />
      <Transfers actor={actor} />
      <Labels actor={actor} />
    </div>
  );
}

function Insights({ actor }: { readonly actor: string }) {
  const { data } = useQuery(entityInsights(actor));
  if (data === undefined) return null;
  return (
    <section aria-label="Insights">
      <h2>Insights</h2>
      {data.insights.length === 0 && <p className={blocks.none}>Nothing was published about it.</p>}
      <FewCards insights={data.insights} />
      {data.nextPageToken !== null && (
        <p className={blocks.more}>
          <Link to="/dashboard" search={{ q: `"${actor}"` }}>
            All insights that name it
          </Link>
        </p>
      )}
    </section>
  );
}

function Transfers({ actor }: { readonly actor: string }) {
  const { data } = useQuery(newestTransfers);
  if (data === undefined) return null;
  const own = data.transfers.filter(({ from, to }) => from?.actor === actor || to?.actor === actor);
  return <TransfersTable transfers={own} none={`It has no part in the newest ${data.transfers.length}.`} />;
}

type Label = LabelList["labels"][number];

const COLUMNS: readonly Column<Label>[] = [
  {
    id: "address",
    title: "Address or text",
    text: true,
    value: (label) => nameOf(label),
    show: (label) => (
      <CopyableHash what={label.address === null ? "script or text" : "address"} value={nameOf(label)} />
    ),
  },
  {
    id: "source",
    title: "Source",
    text: true,
    value: ({ source, file }) => source ?? file,
    show: ({ source, file }) => source ?? file,
  },
  {
    id: "confidence",
    title: "Confidence",
    text: true,
    wideOnly: true,
    value: ({ confidence }) => confidence,
    show: ({ confidence }) => confidence?.replaceAll("_", " ") ?? "not stated",
  },
  {
    id: "edited",
    title: "Dated",
    text: true,
    wideOnly: true,
    value: ({ edited }) => edited,
    show: ({ edited }) => (edited === null ? "not stated" : formatDay(edited)),
  },
  {
    id: "known",
    title: "Known since",
    text: true,
    wideOnly: true,
    value: ({ knownSince }) => knownSince,
    show: ({ knownSince }) => formatDay(knownSince),
  },
];

function nameOf({ address, tag, script }: Label): string {
  return address ?? tag ?? script ?? "";
}

function Labels({ actor }: { readonly actor: string }) {
  const { data } = useQuery(entityLabels(actor));
  const [sorting, setSorting] = useState<Sorting>([]);
  if (data === undefined) return null;
  return (
    <section aria-label="Labels">
      <h2>Labels</h2>
      {data.labels.length === 0 ? (
        <p className={blocks.none}>No label is its: blocks alone tell of it.</p>
      ) : (
        <SortedTable
          label="Labels"
          columns={COLUMNS}
          rows={data.labels}
          keyOf={(label) => `${nameOf(label)} ${label.file}`}
          sorting={sorting}
          onSort={setSorting}
        />
      )}
      {data.nextPageToken !== null && (
        <p className={blocks.none}>
          The first {data.labels.length};{" "}
          <a href={`/api/v1/labels?entity=${encodeURIComponent(actor)}`}>all of them as JSON</a>.
        </p>
      )}
    </section>
  );
}
