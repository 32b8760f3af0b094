import { type Category, CHOICES } from "../feed/category.ts";
import { type RangeSearch, readRangeSearch } from "../metrics/range.ts";
import { type TabId, TABS } from "./dashboard-tabs.ts";

export type DashboardSearch = { readonly tab?: TabId; readonly category?: Category } & RangeSearch;

/** What is not said, or not known, is the first tab and all categories. */
export function readDashboardSearch(search: Readonly<Record<string, unknown>>): DashboardSearch {
  const tab = TABS.find(({ id }) => id === search["tab"])?.id;
  const category = CHOICES.find((choice) => choice === search["category"]);
  return {
    ...(tab === undefined || tab === TABS[0].id ? {} : { tab }),
    ...(category === undefined || category === "all" ? {} : { category }),
    ...readRangeSearch(search),
  };
}
