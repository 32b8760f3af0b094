import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const inRepository = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const SERVER = "http://127.0.0.1:3000";

/** The page is empty until its script has run; so its ground does not flash in the other theme before. */
const paintOnce: Plugin = {
  name: "paint-once",
  transformIndexHtml: {
    order: "post",
    handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

export default defineConfig({
  root: inRepository("web"),
  plugins: [react(), paintOnce],
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
