import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { TransferLine } from "#contract";
import { FewCards } from "../feed/few-cards.tsx";
import { formatBtc, formatDecimals } from "../format/numbers.ts";
import { shorten } from "../format/shorten.ts";
import { formatExact } from "../format/times.ts";
import { CitedBlock, CitedParty } from "../parts/cited.tsx";
import { CopyableHash } from "../parts/copyable-hash.tsx";
import { Fact, Facts } from "../parts/facts.tsx";
import { Loading } from "../parts/loading.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { transaction } from "../server/chain-queries.ts";
import styles from "./transactions.module.css";

const route = getRouteApi("/transactions/$txid");

/** A transaction that was kept because it is large or watched. */
export function TransactionPage() {
  const { txid } = route.useParams();
  const { data, error } = useQuery(transaction(txid));
  const title = `Transaction ${shorten(txid)}`;
  if (data === undefined && error !== null)
    return (
      <>
        <PageTitle title={title}>{error.message}.</PageTitle>
        <p>
          A node with an index tells every transaction:{" "}
          <code className={styles.code}>bitcoin-cli getrawtransaction {txid} 1</code>
        </p>
      </>
    );
  if (data === undefined)
    return (
      <>
        <PageTitle title={title} />
        <Loading what={title} />
      </>
    );
  return (
    <>
      <PageTitle title={title} />
      <TransferFacts transfer={data.transfer} />
      <section aria-label="Insights" className={styles.insights}>
        <h2>Insights</h2>
        {data.insights.length === 0 && <p>Nothing was published of this transaction.</p>}
        <FewCards insights={data.insights} />
      </section>
    </>
  );
}

function TransferFacts({ transfer }: { readonly transfer: TransferLine }) {
  const { height, time, txid, value, fee, from, to, kind, toAddress, coinAgeDays } = transfer;
  return (
    <Facts>
      <Fact name="Transaction id">
        <CopyableHash what="transaction id" value={txid} />
      </Fact>
      <Fact name="Block">
        <CitedBlock height={height} />
      </Fact>
      <Fact name="Found">{formatExact(time)}</Fact>
      <Fact name="Moves">{formatBtc(value)}</Fact>
      <Fact name="Fee">{formatBtc(fee)}</Fact>
      <Fact name="From">
        <CitedParty party={from} none="unknown" />
      </Fact>
      <Fact name="To">
        <CitedParty party={to} none="unknown" />
      </Fact>
      <Fact name="Kind">{kind ?? "no label tells"}</Fact>
      <Fact name="Largest receiver">
        {toAddress === null ? "a script without an address" : <CopyableHash what="address" value={toAddress} />}
      </Fact>
      <Fact name="Age of the coins">{coinAgeDays === null ? "unknown" : `${formatDecimals(coinAgeDays, 1)} days`}</Fact>
    </Facts>
  );
}
