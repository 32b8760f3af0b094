import { useEffect, useState, useSyncExternalStore } from "react";
import type { Session } from "#contract";
import { chooseLocale, onLocale, readerLocale } from "../format/locale.ts";
import { useSession } from "../server/use-session.ts";

/** Writes the page as the account of whoever is signed in says, else as the browser does. */
export function useLocale(): void {
  const session = useSession();
  // What came with the page counts for the first that is written.
  useState(() => choose(session));
  useEffect(() => choose(session), [session]);
  useSyncExternalStore(onLocale, readerLocale);
}

function choose(session: Session | undefined): void {
  if (session !== undefined) chooseLocale(session.person?.locale ?? null);
}
