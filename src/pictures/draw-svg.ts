import { BarChart, LineChart } from "echarts/charts";
import { GraphicComponent, GridComponent, MarkAreaComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Picture } from "#insights";
import { chartOption } from "./chart-option.ts";
import type { PictureTitle } from "./picture-title.ts";
import { PICTURE_SIZE } from "./style.ts";

use([BarChart, LineChart, GraphicComponent, GridComponent, MarkAreaComponent, MarkLineComponent, SVGRenderer]);

/** A picture as an SVG document of {@link PICTURE_SIZE}. */
export function drawSvg(picture: Picture, title: PictureTitle): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, ...PICTURE_SIZE });
  try {
    chart.setOption(chartOption(picture, title));
    return withStableIds(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/** ECharts numbers what it clips by all that it has drawn before; a picture's bytes are to be the same each time. */
function withStableIds(svg: string): string {
  const names = new Map<string, string>();
  return svg.replaceAll(/zr\d+-([a-z]+)-?\d*/g, (id) => {
    const name = names.get(id) ?? `part-${names.size}`;
    names.set(id, name);
    return name;
  });
}
