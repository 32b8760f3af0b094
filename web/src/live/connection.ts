import type { StreamState } from "#sdk";

export type Connection = {
  readonly state: StreamState;
  /** Wall clock, milliseconds: when the server was last heard of; undefined until it was. */
  readonly lastHeardAt: number | undefined;
};

const WORST_FIRST: readonly StreamState[] = ["offline", "reconnecting", "connecting", "live"];

/** The page is as live as the worse of its streams; one that was not begun yet does not count. */
export function worstState(states: readonly (StreamState | undefined)[]): StreamState {
  return WORST_FIRST.find((state) => states.includes(state)) ?? "connecting";
}
