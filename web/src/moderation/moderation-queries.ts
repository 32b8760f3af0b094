import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Comment, ModerationList } from "#contract";
import { fetchJson } from "../server/fetch-json.ts";
import { sendJson } from "../server/send-json.ts";

const EVERY_MS = 15_000;

/** As many as the server gives at once. */
const MOST = 200;

export const moderation = queryOptions({
  queryKey: ["moderation"],
  queryFn: ({ signal }) => fetchJson<ModerationList>(`/api/v1/feedback/moderation?limit=${MOST}`, signal),
  refetchInterval: EVERY_MS,
});

export type Hiding = Pick<Comment, "id" | "hidden"> & { readonly reason?: string };

/** Hides a comment, or shows it again. */
export function useModerate() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...hiding }: Hiding) =>
      sendJson<undefined>(`/api/v1/feedback/comments/${id}/hide`, { ...hiding }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: moderation.queryKey }),
  });
}
