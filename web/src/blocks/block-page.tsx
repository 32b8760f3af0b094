import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Block } from "#contract";
import { FewCards } from "../feed/few-cards.tsx";
import { formatCount } from "../format/numbers.ts";
import { useStatus } from "../live/use-status.ts";
import { Failed } from "../parts/failed.tsx";
import { Loading } from "../parts/loading.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { block } from "../server/chain-queries.ts";
import { BlockFacts } from "./block-facts.tsx";
import { BlockFeatures } from "./block-features.tsx";
import styles from "./blocks.module.css";
import { FlowsTable } from "./flows-table.tsx";
import { TransfersTable } from "./transfers-table.tsx";

const route = getRouteApi("/blocks/$height");

/** One block by its height or hash: all that is stored of it. */
export function BlockPage() {
  const { height: name } = route.useParams();
  const { data, error, refetch } = useQuery(block(name));
  const isHeight = /^\d{1,9}$/.test(name);
  const title = isHeight ? `Block ${formatCount(Number(name))}` : "Block";
  if (data === undefined && error !== null)
    return (
      <>
        <PageTitle title={title}>
          <Link to="/blocks">All blocks</Link>
        </PageTitle>
        <Failed what="It cannot be shown" error={error} onRetry={() => void refetch()} />
      </>
    );
  if (data === undefined)
    return (
      <>
        <PageTitle title={title} />
        <Loading what={title} />
      </>
    );
  return <Found data={data} />;
}

function Found({ data }: { readonly data: Block }) {
  const { line, insights, flows, transfers, labelCoverage } = data;
  return (
    <>
      <PageTitle title={`Block ${formatCount(line.height)}`} aside={<Walk height={line.height} />} />
      <BlockFacts block={data} />
      <div className={styles.parts}>
        <section aria-label="Insights">
          <h2>Insights</h2>
          {insights.length === 0 && <p className={styles.none}>Nothing was published of this block.</p>}
          <FewCards insights={insights} />
        </section>
        <FlowsTable flows={flows} coverage={labelCoverage} />
        <TransfersTable transfers={transfers} />
        <BlockFeatures features={data.features} />
      </div>
    </>
  );
}

/** To the neighbours. */
function Walk({ height }: { readonly height: number }) {
  const tip = useStatus((status) => status.tip?.height ?? null);
  return (
    <nav className={styles.walk} aria-label="Neighbouring blocks">
      {height > 0 && (
        <Link to="/blocks/$height" params={{ height: String(height - 1) }}>
          <ArrowLeft size={14} aria-hidden="true" />
          {formatCount(height - 1)}
        </Link>
      )}
      {typeof tip === "number" && height < tip && (
        <Link to="/blocks/$height" params={{ height: String(height + 1) }}>
          {formatCount(height + 1)}
          <ArrowRight size={14} aria-hidden="true" />
        </Link>
      )}
    </nav>
  );
}
