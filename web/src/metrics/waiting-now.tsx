import { useQuery } from "@tanstack/react-query";
import { FeeFan } from "../mempool/fee-fan.tsx";
import { ProjectedBlocks } from "../mempool/projected-blocks.tsx";
import { useStatus } from "../live/use-status.ts";
import { mempool } from "../server/chain-queries.ts";
import styles from "./metrics.module.css";

/** What waits now and what it will take, before the charts of what was; nothing where no mempool is seen. */
export function WaitingNow() {
  const seen = useStatus((status) => status.mempool !== null);
  const { data } = useQuery({ ...mempool, enabled: seen === true });
  if (seen !== true) return null;
  return (
    <div className={styles.waiting}>
      {data !== undefined && <ProjectedBlocks blocks={data.projectedBlocks} />}
      {data !== undefined && <FeeFan />}
    </div>
  );
}
