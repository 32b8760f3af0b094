import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { LiveProvider } from "../live/live-provider.tsx";
import { isWorthTrying } from "../server/fetch-json.ts";
import { colorSchemeManager, resolveVariables, theme } from "../theme/theme.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { router } from "./router.ts";

const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: isWorthTrying, refetchOnWindowFocus: false } },
});

export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      cssVariablesResolver={resolveVariables}
      getStyleNonce={readNonce}
    >
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <LiveProvider>
            <RouterProvider router={router} />
          </LiveProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}

/** The word by which the browser knows that a style is the page's own; the server writes it into each answer. */
function readNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}
