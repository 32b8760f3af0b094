import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import type { Insight } from "#contract";
import { EvidenceDetails } from "../feed/evidence-details.tsx";
import feed from "../feed/feed.module.css";
import { InsightMeta } from "../feed/insight-meta.tsx";
import { Comments } from "../feedback/comments.tsx";
import { feedbackOf } from "../feedback/feedback-queries.ts";
import { FeedbackBar } from "../feedback/feedback-bar.tsx";
import { RatingDistribution } from "../feedback/rating-summary.tsx";
import { Loading } from "../parts/loading.tsx";
import { Panel } from "../parts/panel.tsx";
import { useTitle } from "../parts/use-title.ts";
import { isMissing } from "../server/fetch-json.ts";
import { EventChart } from "./event-chart.tsx";
import { FullEvidence } from "./full-evidence.tsx";
import styles from "./insight.module.css";
import { insightOf } from "./insight-queries.ts";
import { Outcome } from "./outcome.tsx";
import { Related } from "./related.tsx";
import { ShareButton } from "./share-button.tsx";
import { ThreeNumbers } from "./three-numbers.tsx";
import { WithoutChart } from "./without-chart.tsx";

const route = getRouteApi("/insights/$id");

/** All that is known of one insight. */
export function InsightPage() {
  const { id } = route.useParams();
  const { data: insight, error, isPending, refetch } = useQuery(insightOf(id));
  useTitle(insight?.headline ?? "Insight");
  return (
    <div className={styles.page}>
      <Link to="/dashboard" className={styles.back}>
        <ArrowLeft size={16} aria-hidden="true" />
        All insights
      </Link>
      {insight !== undefined && <Content insight={insight} />}
      {isPending && <Loading what="the insight" />}
      {insight === undefined && error !== null && (
        <div role="alert" className={feed.empty}>
          <h1>{isMissing(error) ? "There is no such insight" : "The insight could not be loaded"}</h1>
          <p>
            {isMissing(error)
              ? "None of this id was published here. Every network has its own insights, and the dashboard lists those of this one."
              : `Reason: ${error.message}.`}
          </p>
          {!isMissing(error) && (
            <Button variant="default" onClick={() => void refetch()}>
              Try again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Content({ insight }: { readonly insight: Insight }) {
  const { data: feedback } = useQuery(feedbackOf(insight.id));
  return (
    <>
      <Head insight={insight} />
      <div className={styles.columns}>
        <div className={styles.column}>
          {insight.chart === null ? (
            <WithoutChart insight={insight} />
          ) : (
            <EventChart insight={insight} chart={insight.chart} />
          )}
          <Outcome insight={insight} />
          <ThreeNumbers insight={insight} />
          <FullEvidence insight={insight} />
          <Panel title="Why it was told">
            <div className={styles.inner}>
              <EvidenceDetails insight={insight} />
            </div>
          </Panel>
        </div>
        <aside className={styles.column} aria-label="Feedback and related insights">
          <Panel title="What readers say">
            <div className={styles.inner}>
              {feedback !== undefined && <RatingDistribution ratings={feedback.ratings} />}
              <Comments insightId={insight.id} />
            </div>
          </Panel>
          <Related id={insight.id} />
        </aside>
      </div>
    </>
  );
}

function Head({ insight }: { readonly insight: Insight }) {
  const { status, statusReason, headline, summary } = insight;
  return (
    <article className={styles.head} data-status={status} aria-labelledby="insight-headline">
      <InsightMeta insight={insight} />
      <h1 id="insight-headline" className={styles.headline}>
        {headline}
      </h1>
      {status === "retracted" && <p className={feed.reason}>Retracted: {statusReason ?? "no reason was given"}</p>}
      <p className={styles.summary}>{summary}</p>
      <div className={styles.foot}>
        <FeedbackBar insight={insight} />
        <ShareButton insight={insight} />
      </div>
    </article>
  );
}
