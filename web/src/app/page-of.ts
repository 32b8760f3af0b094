import { lazyRouteComponent } from "@tanstack/react-router";

/**
 * A page whose code is loaded when it is first opened. Where its file is gone because the page was built anew, the router
 * loads the whole page again; where the server is gone that would lose all that is shown.
 */
export function pageOf<Module extends object, Name extends keyof Module>(load: () => Promise<Module>, name: Name) {
  const orSay = (cause: unknown): Promise<never> =>
    fetch("/livez").then(
      () => Promise.reject(cause),
      () => Promise.reject(new Error("the server does not answer, and this page was not opened before", { cause })),
    );
  return lazyRouteComponent<Module, Name>(() => load().catch(orSay), name);
}
