import type { FastifyRequest } from "fastify";
import type { App } from "./app-types.ts";
import { mayCall } from "./permissions.ts";

type Path = { readonly pattern: RegExp; readonly url: string; readonly methods: Set<string> };

/**
 * By which methods a path can be asked that cannot be asked by the one that was tried: those that whoever asks may call.
 * Of a path with which they may do nothing they learn nothing. Before routes are added.
 */
export function methodsOfPaths(app: App): (request: FastifyRequest) => readonly string[] {
  const paths = new Map<string, Path>();
  app.addHook("onRoute", ({ url, method }) => {
    const path = paths.get(url) ?? { pattern: patternOf(url), url, methods: new Set() };
    for (const one of [method].flat()) path.methods.add(one);
    paths.set(url, path);
  });
  return ({ url, permissions }) => {
    const [asked = ""] = url.split("?");
    const found = [...paths.values()].filter(({ pattern }) => pattern.test(asked));
    const methods = found.flatMap((path) =>
      [...path.methods].filter((method) => mayCall(permissions, method, path.url)),
    );
    return [...new Set(methods)].toSorted();
  };
}

/** `/blocks/:height.svg`, `/assets/*` */
function patternOf(url: string): RegExp {
  const parts = url.split(/(:\w+|\*)/).map((part) => {
    if (part === "*") return ".*";
    return part.startsWith(":") ? "[^/]+" : part.replaceAll(".", "\\.");
  });
  return new RegExp(`^${parts.join("")}$`);
}
