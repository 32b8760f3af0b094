import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Comment } from "#contract";
import { WallTime } from "../parts/wall-time.tsx";
import { formatCount } from "../format/numbers.ts";
import { InsightLink } from "../parts/insight-link.tsx";
import { Loading } from "../parts/loading.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { Panel } from "../parts/panel.tsx";
import { type Flagged, groupFlags } from "./group-flags.ts";
import { moderation, useModerate } from "./moderation-queries.ts";
import styles from "./moderation.module.css";

/** What readers flagged and wrote, newest first. The shell lets nobody here who may not. */
export function ModerationPage() {
  const { data, error, refetch } = useQuery(moderation);
  return (
    <>
      <PageTitle title="Moderation">
        What readers flagged and wrote. A hidden comment is kept, and only whoever moderates sees it.
      </PageTitle>
      {error !== null && (
        <p role="alert" className={styles.failed}>
          What was said cannot be read: {error.message}{" "}
          <Button size="sm" variant="default" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
      {data === undefined && error === null && <Loading what="what readers said" />}
      {data !== undefined && (
        <div className={styles.panels}>
          <Panel title="Flags" aside={<span>{formatCount(data.flags.length)}, by insight</span>}>
            <ul className={styles.list} aria-label="Flags">
              {groupFlags(data.flags).map((flagged) => (
                <FlaggedInsight key={flagged.insightId} flagged={flagged} />
              ))}
            </ul>
            {data.flags.length === 0 && <p className={styles.none}>Nobody has flagged an insight.</p>}
          </Panel>
          <Panel title="Comments" aside={<span>{formatCount(data.comments.length)}, newest first</span>}>
            <ul className={styles.list} aria-label="Comments">
              {data.comments.map((comment) => (
                <ModeratedComment key={comment.id} comment={comment} />
              ))}
            </ul>
            {data.comments.length === 0 && <p className={styles.none}>Nobody has written a comment.</p>}
          </Panel>
        </div>
      )}
    </>
  );
}

function FlaggedInsight({ flagged: { insightId, reasons, flags } }: { readonly flagged: Flagged }) {
  return (
    <li>
      <InsightLink id={insightId} />
      <p className={styles.byline}>
        <strong>{reasons}</strong> <WallTime at={flags[0]?.at ?? ""} />
      </p>
      {flags.map(
        ({ id, details, author, reason }) =>
          details !== null && (
            <p key={id} className={styles.words}>
              {details}{" "}
              <span className={styles.byline}>
                {flags.length === 1 ? nameOf(author) : `${reason}, ${nameOf(author)}`}
              </span>
            </p>
          ),
      )}
    </li>
  );
}

function ModeratedComment({ comment }: { readonly comment: Comment }) {
  const { id, insightId, author, at, text, hidden, hiddenReason } = comment;
  const [reason, setReason] = useState("");
  const moderate = useModerate();
  const said = reason.trim() === "" ? {} : { reason };
  return (
    <li data-hidden={hidden}>
      <p className={styles.byline}>
        <strong>{nameOf(author)}</strong> <WallTime at={at} />
        {hidden && <span>hidden{hiddenReason === null ? "" : `: ${hiddenReason}`}</span>}
      </p>
      <p className={styles.words}>{text}</p>
      <InsightLink id={insightId} />
      <div className={styles.actions}>
        {!hidden && (
          <input
            className={styles.reason}
            aria-label={`Reason for hiding comment ${id}, if you like`}
            placeholder="Reason, if you like"
            maxLength={1_000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
        <Button
          variant="default"
          className={styles.button ?? ""}
          loading={moderate.isPending}
          onClick={() => moderate.mutate({ id, hidden: !hidden, ...(hidden ? {} : said) })}
        >
          {hidden ? "Show again" : "Hide"}
        </Button>
      </div>
      {moderate.isError && (
        <p role="alert" className={styles.failed}>
          Not changed: {moderate.error.message}
        </p>
      )}
    </li>
  );
}

/** By its headline, as soon as that is known. */
function nameOf(author: string): string {
  return author === "operator" ? "The operator" : `Reader ${author}`;
}
