import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Comment, CommentList, Feedback, FeedbackStats } from "#contract";
import { BatchLoader } from "../server/batch-loader.ts";
import { fetchJson } from "../server/fetch-json.ts";
import { sendJson } from "../server/send-json.ts";

export const FEEDBACK_KEY = ["feedback"] as const;

/** As many ids as the server takes at once. */
const MOST_IDS = 200;

const loader = new BatchLoader<Feedback>(async (ids) => {
  const path = `/api/v1/feedback/stats?ids=${ids.join(",")}`;
  const { feedback } = await fetchJson<{ feedback: readonly Feedback[] }>(path);
  return new Map(feedback.map((one) => [one.insightId, one]));
}, MOST_IDS);

/** Never stale: the stream tells what changes. */
export function feedbackOf(insightId: string) {
  return queryOptions({
    queryKey: [...FEEDBACK_KEY, insightId],
    queryFn: () => loader.load(insightId),
    staleTime: Infinity,
  });
}

/** What the stream told, which knows nothing of what this reader said. */
export function applyFeedback(queryClient: QueryClient, stats: FeedbackStats): void {
  const { queryKey } = feedbackOf(stats.insightId);
  const before = queryClient.getQueryData(queryKey);
  queryClient.setQueryData(queryKey, (known) => known && { ...known, ...stats });
  if (before !== undefined && before.comments !== stats.comments) {
    void queryClient.invalidateQueries({ queryKey: commentsOf(stats.insightId).queryKey });
  }
}

export function commentsOf(insightId: string) {
  return infiniteQueryOptions({
    queryKey: ["comments", insightId],
    queryFn: ({ pageParam, signal }) => {
      const page = pageParam === "" ? "" : `&pageToken=${pageParam}`;
      return fetchJson<CommentList>(`/api/v1/feedback/insights/${insightId}/comments?pageSize=20${page}`, signal);
    },
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => nextPageToken,
  });
}

const pathOf = (insightId: string, what: string): string => `/api/v1/feedback/insights/${insightId}/${what}`;

/** `null` withdraws. */
export function useRate(insightId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (stars: number | null) =>
      stars === null
        ? sendJson<Feedback>(pathOf(insightId, "rate"), undefined, "DELETE")
        : sendJson<Feedback>(pathOf(insightId, "rate"), { stars }),
    onSuccess: (feedback) => queryClient.setQueryData(feedbackOf(insightId).queryKey, feedback),
  });
}

export type Flagging = { readonly reason: Feedback["mine"]["flags"][number]; readonly details?: string };

export function useFlag(insightId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (flag: Flagging) => sendJson<Feedback>(pathOf(insightId, "flag"), flag),
    onSuccess: (feedback) => queryClient.setQueryData(feedbackOf(insightId).queryKey, feedback),
  });
}

export function useComment(insightId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => sendJson<Comment>(pathOf(insightId, "comment"), { text }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: commentsOf(insightId).queryKey }),
  });
}

/** For the operator. */
export function useHide(insightId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, hidden }: Pick<Comment, "id" | "hidden">) =>
      sendJson<undefined>(`/api/v1/feedback/comments/${id}/hide`, { hidden }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: commentsOf(insightId).queryKey }),
  });
}
