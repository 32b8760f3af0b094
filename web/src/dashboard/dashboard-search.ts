import { type FeedFilter, readFilter } from "../feed/feed-filter.ts";
import { type RangeSearch, readRangeSearch } from "../metrics/range.ts";
import { type TabId, TABS } from "./dashboard-tabs.ts";

export type DashboardSearch = FeedFilter & RangeSearch & { readonly tab?: TabId };

/** What is not said, or not known, is the first tab and all categories. */
export function readDashboardSearch(search: Readonly<Record<string, unknown>>): DashboardSearch {
  const tab = TABS.find(({ id }) => id === search["tab"])?.id;
  return {
    ...(tab === undefined || tab === TABS[0].id ? {} : { tab }),
    ...readFilter(search),
    ...readRangeSearch(search),
  };
}
