import { fileURLToPath } from "node:url";
import { renderAsync } from "@resvg/resvg-js";
import { FONT_FAMILY } from "./style.ts";

/** Dots per pixel of CSS: sharp on a phone and in a mail. */
const ZOOM = 2.5;

/** Without a font file text would be missing in silence; fonts of the system differ from machine to machine. */
const FONT_FILES = [
  import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
].map((url) => fileURLToPath(url));

/** An SVG document as a PNG, on white. */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    font: {
      fontFiles: FONT_FILES,
      loadSystemFonts: false,
      defaultFontFamily: FONT_FAMILY,
      sansSerifFamily: FONT_FAMILY,
    },
    fitTo: { mode: "zoom", value: ZOOM },
    background: "#ffffff",
  });
  return image.asPng();
}
