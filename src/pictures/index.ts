/**
 * A chart with its numbers → a picture: SVG by ECharts, PNG by resvg with a font of our own.
 * The same picture gives the same bytes: nothing is asked of the system, no font, no clock.
 * Deliberately not here: what to draw (`insights`), where the numbers come from (`store`).
 * Start with draw-svg.ts.
 */
export { drawSparkline } from "./draw-sparkline.ts";
export { drawSvg } from "./draw-svg.ts";
export { renderPng } from "./render-png.ts";
