/** Pixels of CSS. A phone shows it at three quarters of that, where the smallest text is still read. */
export const PICTURE_SIZE = { width: 480, height: 320 } as const;

/** The family that render-png.ts has at hand; elsewhere the reader's own sans-serif stands in. */
export const FONT_FAMILY = "Inter";

export const FONT = `${FONT_FAMILY}, system-ui, sans-serif`;

/** Light: a picture is pasted into mails and documents whose ground is not known. */
export const COLOURS = {
  ground: "#ffffff",
  text: "#17202b",
  quiet: "#5b6675",
  line: "#e6eaef",
  series: "#8fa3ba",
  event: "#e8730c",
  band: "rgba(232, 115, 12, 0.10)",
  rate: "#3c6e9f",
  warnText: "#8a4b00",
} as const;
