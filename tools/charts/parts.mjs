/* What a chart of this site needs and no more: lines, bars, axes, a legend, patterns beside colours, labels that make room, SVG. */
import {use} from "echarts/core";
import {BarChart, LineChart} from "echarts/charts";
import {AriaComponent, GridComponent, LegendComponent} from "echarts/components";
import {LabelLayout} from "echarts/features";
import {SVGRenderer} from "echarts/renderers";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, LabelLayout, SVGRenderer]);
export {init} from "echarts/core";
