/** Pixels of CSS. A phone shows it at three quarters of that, where the smallest text is still read. */
export const PICTURE_SIZE = { width: 480, height: 320 } as const;

/** The family that render-png.ts has at hand; elsewhere the reader's own sans-serif stands in. */
export const FONT_FAMILY = "Inter";

export const FONT = `${FONT_FAMILY}, system-ui, sans-serif`;

export type Theme = "light" | "dark";

export type Palette = {
  readonly ground: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly series: string;
  readonly event: string;
  readonly band: string;
  readonly rate: string;
  readonly warnText: string;
};

/** Light where nothing is said: a picture is pasted into mails and documents whose ground is not known. */
export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: "#ffffff",
    text: "#17202b",
    quiet: "#5b6675",
    line: "#e6eaef",
    series: "#8fa3ba",
    event: "#e8730c",
    band: "rgba(232, 115, 12, 0.10)",
    rate: "#3c6e9f",
    warnText: "#8a4b00",
  },
  dark: {
    ground: "#12151a",
    text: "#e8eaed",
    quiet: "#9aa3af",
    line: "#262b33",
    series: "#5f7188",
    event: "#f7931a",
    band: "rgba(247, 147, 26, 0.16)",
    rate: "#7fb2e5",
    warnText: "#fbbf24",
  },
};
