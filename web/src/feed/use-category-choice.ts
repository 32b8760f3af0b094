import { useCallback, useState } from "react";
import { type CategoryChoice, CHOICES } from "./category.ts";

const PARAMETER = "category";

/** The chosen category stands in the address, so that a view can be kept and sent. */
export function useCategoryChoice(): [CategoryChoice, (choice: CategoryChoice) => void] {
  const [choice, setChoice] = useState(readChoice);
  const choose = useCallback((next: CategoryChoice) => {
    const url = new URL(location.href);
    if (next === "all") url.searchParams.delete(PARAMETER);
    else url.searchParams.set(PARAMETER, next);
    history.replaceState(null, "", url);
    setChoice(next);
  }, []);
  return [choice, choose];
}

function readChoice(): CategoryChoice {
  const asked = new URLSearchParams(location.search).get(PARAMETER);
  return CHOICES.find((choice) => choice === asked) ?? "all";
}
