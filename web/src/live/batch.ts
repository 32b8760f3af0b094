/** Collects what comes in quick succession and hands it on together: a resumed stream brings hundreds at once. */
export function batch<T>(
  waitMs: number,
  handOn: (items: readonly T[]) => void,
): { add(item: T): void; cancel(): void } {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    const collected = items;
    items = [];
    timer = undefined;
    handOn(collected);
  };
  return {
    add(item) {
      items.push(item);
      timer ??= setTimeout(flush, waitMs);
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
      items = [];
    },
  };
}
