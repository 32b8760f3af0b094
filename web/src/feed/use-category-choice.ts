import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { CategoryChoice } from "./category.ts";

const route = getRouteApi("/dashboard");

/** The chosen category stands in the address, so that a view can be kept and sent. */
export function useCategoryChoice(): [CategoryChoice, (choice: CategoryChoice) => void] {
  const { category = "all" } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = useCallback(
    (next: CategoryChoice) =>
      void navigate({
        search: ({ category: _before, ...others }) => (next === "all" ? others : { ...others, category: next }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [category, choose];
}
