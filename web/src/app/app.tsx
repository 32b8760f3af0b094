import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { LiveProvider } from "../live/live-provider.tsx";
import { colorSchemeManager, resolveVariables, theme } from "../theme/theme.ts";
import { DashboardPage } from "./dashboard-page.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";

const queryClient = new QueryClient({ defaultOptions: { queries: { retry: 2, refetchOnWindowFocus: false } } });

export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      cssVariablesResolver={resolveVariables}
    >
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <LiveProvider>
            <DashboardPage />
          </LiveProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}
