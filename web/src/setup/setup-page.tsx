import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { setup } from "#contract";
import { useStatus } from "../live/use-status.ts";
import { Failed } from "../parts/failed.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { Panel } from "../parts/panel.tsx";
import { useMay } from "../server/use-session.ts";
import { ByCommand } from "./by-command.tsx";
import { ChooseSource } from "./choose-source.tsx";
import { ReadingNow } from "./reading-now.tsx";
import { setupNow } from "./setup-queries.ts";
import styles from "./setup.module.css";

/** What is looked at, and how one comes from the simulation to the blocks of one's own node. */
export function SetupPage() {
  const simulated = useStatus((status) => status.simulated);
  const may = useMay("operate");
  const { data, error, refetch } = useQuery({ ...setupNow, enabled: may === true });
  return (
    <div className={styles.page}>
      <PageTitle title="Set up">
        {simulated === false ? "Where blocks come from, and how far reading is." : <Simulated />}
      </PageTitle>
      {error !== null && (
        <Failed what="What is set up cannot be read now" error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && <ReadingNow state={data} />}
      {data !== undefined && <Choice state={data} />}
      {may === false && (
        <Panel title="Connect a node">
          <div className={styles.inside}>
            <p>
              Whoever runs this program chooses the source here: the link that <code>npm start</code> prints, or{" "}
              <code>npm run -s utxoiq -- operator</code>, makes your browser the operator's. An administrator{" "}
              <Link to="/sign-in" search={{ to: "/setup" }}>
                signs in
              </Link>
              .
            </p>
            <ByCommand />
          </div>
        </Panel>
      )}
    </div>
  );
}

function Simulated() {
  return (
    <>
      This is a simulated network, so that there is something to see at once. Its exchanges, pools and amounts are made
      up; its blocks hold by Bitcoin's rules, and all that is told of them is computed as it is of Bitcoin's.
    </>
  );
}

function Choice({ state: { ingest, choice } }: { readonly state: setup.SetupState }) {
  return (
    <Panel title="Connect a node">
      <div className={styles.inside}>
        {choice === "said" && (
          <>
            <p>The source is named where this program is started, which counts before a choice on this page.</p>
            <ByCommand />
          </>
        )}
        {choice !== "said" && ingest === "silent" && (
          <p>Nobody reads blocks just now, so no node can be asked. Start the program, or its role ingest.</p>
        )}
        {choice !== "said" && ingest === "running" && <ChooseSource />}
      </div>
    </Panel>
  );
}
