import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";

const inRepository = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const SERVER = "http://127.0.0.1:3000";

const SCHEME = "src/theme/apply-stored-scheme.ts";
/** What main.tsx loads once the page was painted. */
const BEGIN = "src/app/begin.tsx";

/** Before the first paint: which theme, and the face of what is read. The script of the page comes meanwhile, and runs after it. */
const paintFirst: Plugin = {
  name: "paint-first",
  buildStart() {
    if (this.meta.watchMode) return;
    this.emitFile({ type: "chunk", id: inRepository(`web/${SCHEME}`), name: "scheme" });
    this.emitFile({ type: "chunk", id: inRepository(`web/${BEGIN}`), name: "begin" });
  },
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const chunkOf = (source: string) => chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(source));
      const faces = Object.keys(bundle).filter((name) => /inter-latin-wght-normal.*\.woff2$/.test(name));
      const begin = chunkOf(BEGIN);
      const scripts = begin === undefined ? [] : [begin.fileName, ...begin.imports];
      const styles = chunks
        .filter(({ fileName }) => scripts.includes(fileName))
        .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
      return [
        {
          tag: "script",
          attrs: { type: "module", async: true, blocking: "render", src: `/${chunkOf(SCHEME)?.fileName ?? SCHEME}` },
          injectTo: "head",
        },
        ...faces.map((face) => preload({ href: `/${face}`, as: "font", type: "font/woff2", crossorigin: true })),
        ...styles.map((style) => preload({ href: `/${style}`, as: "style", crossorigin: true })),
        ...scripts.map((script) => preload({ rel: "modulepreload", href: `/${script}`, fetchpriority: "low" })),
      ];
    },
  },
};

function preload(attrs: Readonly<Record<string, string | boolean>>): HtmlTagDescriptor {
  return { tag: "link", attrs: { rel: "preload", ...attrs }, injectTo: "head" };
}

export default defineConfig({
  root: inRepository("web"),
  plugins: [react(), paintFirst],
  resolve: {
    alias: { "#contract": inRepository("src/contract/index.ts"), "#sdk": inRepository("sdk/index.ts") },
  },
  build: {
    outDir: inRepository("web/dist"),
    emptyOutDir: true,
    // The first browsers with light-dark(), with which each colour token is written once.
    target: ["chrome123", "firefox120", "safari17.5"],
    // Nothing as a data: address, which the content security policy refuses.
    assetsInlineLimit: 0,
    // Each of these browsers knows it.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What main.tsx needs itself must not wait for the rest.
            {
              name: "first",
              test: /preload-helper|main\.tsx|\/theme\/(styles|[\w-]+\.css)|@mantine.*\.css$/,
              priority: 2,
            },
            // All that begins with it in one file, though other pages share parts of it.
            {
              name: "begin",
              tags: ["$initial"],
              test: (id) => !/index\.html|apply-stored-scheme/.test(id),
              priority: 1,
            },
          ],
        },
      },
    },
    // Of what is loaded first, before compression; compressed it is a third of that, and shall stay below 200 KB.
    chunkSizeWarningLimit: 640,
  },
  server: {
    proxy: {
      "/api": SERVER,
      "/livez": SERVER,
      "/readyz": SERVER,
      // The server refuses streams to pages of another origin, so the proxy speaks as the server's own.
      "/ws": { target: SERVER, ws: true, changeOrigin: true, rewriteWsOrigin: true },
    },
  },
});
