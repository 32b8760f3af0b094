import {
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
} from "@mantine/core";

const ACCENT = "#F7931A";
const accent: MantineColorsTuple = [
  "#FFF5E8",
  "#FDE6C8",
  "#FBCF94",
  "#F9B75E",
  "#F8A53A",
  ACCENT,
  "#E08110",
  "#B45309",
  "#92430A",
  "#78370C",
];

/** Mantine wears the tokens of tokens.css; what it derives itself is bound to them below. */
export const theme = createTheme({
  colors: { accent },
  primaryColor: "accent",
  primaryShade: 5,
  autoContrast: true,
  black: "#0B0D10",
  defaultRadius: "md",
  radius: { md: "10px" },
  fontFamily: "var(--sans)",
  fontFamilyMonospace: "var(--mono)",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  cursorType: "pointer",
  respectReducedMotion: true,
});

const bound = {
  "--mantine-color-body": "var(--ground)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--muted)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--raised)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--border)",
  "--mantine-shadow-md": "var(--shadow)",
};

export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: bound, dark: bound });

/** `auto` follows the system; what the reader chose is kept in this browser. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: "utxoiq-color-scheme" });
