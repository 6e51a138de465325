'use strict';
(() => {
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const tilt = 50, widest = 180, perLetter = 6.5;
  const tilted = given => given.type === 'category' && given.data.length > 6;
  const overhang = given => tilted(given)
    ? Math.min(widest, perLetter * Math.max(...given.data.map(name => name.length))) * Math.cos(tilt * Math.PI / 180) : 0;
  const axis = (given, isX) => ({
    ...given,
    ...(isX ? {nameLocation: 'middle', nameGap: 28} : {nameLocation: 'end', nameGap: 10}),
    nameTextStyle: {color: style('--soft'), align: isX ? 'center' : 'left'},
    axisLabel: {color: style('--soft'), hideOverlap: true, ...(tilted(given) ? {rotate: tilt, width: widest, overflow: 'truncate'} : {})},
    axisLine: {lineStyle: {color: style('--line')}}, axisTick: {show: false},
    splitLine: {show: given.type !== 'category', lineStyle: {color: style('--line'), opacity: 0.6}}
  });
  const dashed = series => series.lineStyle && series.lineStyle.type === 'dashed'
    ? {...series, z: 1, itemStyle: {color: style('--c8')}, lineStyle: {...series.lineStyle, color: style('--c8')}} : series;
  const marked = series => series.markLine ? {...series, markLine: {...series.markLine,
    lineStyle: {color: style('--c2'), width: 2}, label: {...series.markLine.label, color: style('--ink'),
      textBorderColor: style('--card'), textBorderWidth: 3}}} : series;
  const dressed = option => ({
    ...option,
    animation: false,
    color: [1, 2, 3, 4, 5, 6, 7].map(i => style('--c' + i)),
    textStyle: {color: style('--ink'), fontFamily: getComputedStyle(document.body).fontFamily},
    grid: {left: Math.max(10, overhang(option.xAxis) - 30), right: 20, top: 36, bottom: option.legend ? 58 : option.xAxis.name ? 30 : 4, containLabel: true},
    legend: option.legend && {...option.legend, textStyle: {color: style('--ink')},
      pageTextStyle: {color: style('--soft')}, pageIconColor: style('--soft')},
    tooltip: {...option.tooltip, confine: true, backgroundColor: style('--card'),
      borderColor: style('--line'), textStyle: {color: style('--ink')},
      valueFormatter: value => typeof value === 'number' ? Number(value.toPrecision(4)).toString() : value},
    series: option.series.map(dashed).map(marked),
    xAxis: axis(option.xAxis, true),
    yAxis: axis(option.yAxis, false)
  });
  const charts = [...document.querySelectorAll('figure.chart')].map(figure => ({
    chart: echarts.init(figure.querySelector('.canvas'), null, {renderer: 'svg'}),
    option: JSON.parse(figure.querySelector('script').textContent)
  }));
  const scalable = chart => chart.getDom().querySelector('svg')
    .setAttribute('viewBox', `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
  const draw = () => charts.forEach(({chart, option}) => { chart.setOption(dressed(option), true); scalable(chart); });
  const fit = () => charts.forEach(({chart}) => { chart.resize(); scalable(chart); });
  draw();
  addEventListener('resize', fit);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  matchMedia('print').addEventListener('change', draw);
})();
