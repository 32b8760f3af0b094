import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { Comment } from "#contract";
import { formatExact } from "../format/times.ts";
import { Failed } from "../parts/failed.tsx";
import { Locked } from "../parts/locked.tsx";
import { useMay } from "../server/use-session.ts";
import { commentsOf, useComment, useHide } from "./feedback-queries.ts";
import styles from "./feedback.module.css";

/** What people wrote, newest first, and room for what the reader thinks. */
export function Comments({ insightId }: { readonly insightId: string }) {
  const query = useInfiniteQuery(commentsOf(insightId));
  const mayHide = useMay("moderate") === true;
  const maySay = useMay("feedback");
  const comments = query.data?.pages.flatMap((page) => page.comments) ?? [];
  return (
    <div className={styles.comments}>
      {maySay === false ? <Locked className={styles.muted} /> : <CommentForm insightId={insightId} />}
      {query.isError && (
        <Failed what="The comments could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && comments.length === 0 && <p className={styles.muted}>No comments yet.</p>}
      <ul className={styles.list} aria-label="Comments">
        {comments.map((comment) => (
          <CommentItem key={comment.id} comment={comment} mayHide={mayHide} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show earlier comments
        </Button>
      )}
    </div>
  );
}

function CommentItem({ comment, mayHide }: { readonly comment: Comment; readonly mayHide: boolean }) {
  const { id, insightId, author, mine, at, text, hidden } = comment;
  const hide = useHide(insightId);
  return (
    <li data-hidden={hidden}>
      <p className={styles.byline}>
        <strong>{mine ? "You" : author === "operator" ? "The operator" : `Reader ${author}`}</strong>
        <time dateTime={at}>{formatExact(at)}</time>
        {hidden && <span>hidden</span>}
        {mayHide && (
          <button type="button" className={styles.hide} onClick={() => hide.mutate({ id, hidden: !hidden })}>
            {hidden ? "Show again" : "Hide"}
          </button>
        )}
      </p>
      <p className={styles.words}>{text}</p>
    </li>
  );
}

const MOST_CHARACTERS = 1_000;

function CommentForm({ insightId }: { readonly insightId: string }) {
  const [text, setText] = useState("");
  const comment = useComment(insightId);
  const id = useId();
  const left = MOST_CHARACTERS - Array.from(text).length;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    comment.mutate(text, { onSuccess: () => setText("") });
  };
  return (
    <form className={styles.form} onSubmit={send}>
      <label className={styles.field} htmlFor={id}>
        Your comment
      </label>
      <textarea
        id={id}
        className={styles.text}
        rows={3}
        value={text}
        aria-describedby={`${id}-left`}
        onChange={({ target }) => setText(target.value)}
      />
      <div className={styles.send}>
        <span id={`${id}-left`} className={left < 0 ? styles.failed : styles.muted}>
          {left < 0 ? `${-left} characters too many` : `${left} characters left`}
        </span>
        <Button type="submit" size="sm" loading={comment.isPending} disabled={text.trim() === "" || left < 0}>
          Comment
        </Button>
      </div>
      {comment.isError && (
        <p role="alert" className={styles.failed}>
          Not sent: {comment.error.message}
        </p>
      )}
    </form>
  );
}
