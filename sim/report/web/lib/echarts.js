// The parts of ECharts that the figures use.
import * as echarts from 'echarts/core';
import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([BarChart, CustomChart, LineChart, SankeyChart, ScatterChart, GridComponent, MarkAreaComponent, MarkLineComponent,
  TitleComponent, TooltipComponent, LabelLayout, SVGRenderer]);

export { echarts };
