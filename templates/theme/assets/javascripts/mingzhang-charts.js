/* Charts: drawn from the JSON beside a table once they come into view, by the library that lies on this site and is fetched then.
   A figure that is not there is never drawn; without this script the table is all there is. */
(() => {
  "use strict";
  // made by tools/charts, which prints this name
  const LIBRARY = "mingzhang-echarts.1fb28327de4b.js";
  const here = document.currentScript.src, dashes = ["solid", "dashed", "dotted", [8, 3, 2, 3]], symbols = ["circle", "rect", "triangle", "diamond"];
  const boxes = [...document.querySelectorAll(".mz-drawing")].filter(box => box.nextElementSibling?.matches("script.mz-drawn"));
  if (!boxes.length || !("IntersectionObserver" in window)) return;

  const charts = new Map();
  let library;
  const dataOf = box => JSON.parse(box.nextElementSibling.textContent);
  const number = text => text === null ? null : Number(text);
  const printed = text => text === null ? "" : text.replace(/^-/, "−").replace(/\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  const narrow = box => box.clientWidth < 480;

  /* ---- what the page looks like now */
  const look = () => {
    const style = getComputedStyle(document.body), of = name => style.getPropertyValue(name).trim();
    const dark = document.body.dataset.mdColorScheme === "slate";
    return {
      ink: of("--mz-ink"), second: of("--mz-second"), rule: of("--mz-rule"), paper: of("--md-default-bg-color") || of("--mz-paper"), font: style.fontFamily,
      // apart in lightness too; none of them is the vermilion of 不符
      colours: dark ? ["#7cc7c3", "#e0b050", "#a9b8ff", "#d79ac7", "#9fce7f", "#c3cbc8", "#e39a6f", "#6fb1e0"]
                    : ["#17595a", "#9a6a00", "#3b4f9c", "#8a3d74", "#4c7a28", "#59656a", "#a1552a", "#1f6f9f"],
      // white letters on dark colours, dark ones on light
      on: dark ? "#101414" : "#fff",
    };
  };

  /* ---- the four manners; every value is written beside its mark */
  const axisText = now => ({color: now.second, fontFamily: now.font, fontSize: 13});
  const columns = (data, now, box) => {
    const lines = data.manner === "lines", crowded = narrow(box) && data.rows.length * data.columns.length > 8;
    return {
      grid: {left: 8, right: 28, top: data.rows.length > 1 ? (narrow(box) ? 70 : 44) : 28, bottom: 6, containLabel: true},
      legend: data.rows.length > 1 ? legend(now) : undefined,
      xAxis: {type: "category", data: data.columns, axisTick: {show: false}, axisLine: {lineStyle: {color: now.second}}, axisLabel: axisText(now)},
      yAxis: {type: "value", splitNumber: 4, splitLine: {lineStyle: {color: now.rule}}, axisLabel: axisText(now)},
      series: data.rows.map((row, index) => ({
        type: lines ? "line" : "bar", name: row.label, data: row.values.map(number), connectNulls: false, barMaxWidth: 44, color: now.colours[index % now.colours.length],
        symbol: symbols[index % symbols.length], symbolSize: 9, lineStyle: {width: 2.5, type: dashes[index % dashes.length]},
        label: {show: !crowded || index === 0, position: "top", color: now.ink, fontFamily: now.font, fontSize: 12, textBorderColor: now.paper, textBorderWidth: 3, formatter: one => printed(row.values[one.dataIndex])},
        labelLayout: {hideOverlap: true},
      })),
    };
  };
  const stacks = (data, now, box) => {
    const wholes = data.columns.map((_, column) => data.rows.reduce((sum, row) => sum + (number(row.values[column]) || 0), 0)), most = Math.max(...wholes);
    return {
      grid: {left: 8, right: 16, top: 8, bottom: keyed(data, box), containLabel: true},
      legend: {...legend(now), top: undefined, bottom: 0},
      xAxis: {type: "value", max: most, show: false},
      yAxis: {type: "category", inverse: true, data: data.columns, axisTick: {show: false}, axisLine: {show: false}, axisLabel: {...axisText(now), color: now.ink}},
      series: data.rows.map((row, index) => ({
        type: "bar", stack: "all", name: row.label, data: row.values.map(number), barWidth: narrow(box) ? 64 : 72, color: now.colours[index % now.colours.length],
        itemStyle: {borderColor: now.paper, borderWidth: 1.5},
        label: {
          show: true, position: "inside", color: now.on, textBorderColor: now.colours[index % now.colours.length], textBorderWidth: 3, fontFamily: now.font, fontSize: 12, lineHeight: 17, overflow: "break",
          width: Math.max(...row.values.map(value => (number(value) || 0) / most)) * (box.clientWidth - 90) - 8,
          // what does not fit into its part stands in the table and in the legend
          formatter: one => (number(row.values[one.dataIndex]) || 0) / most * (box.clientWidth - 90) < 64 ? "" : `${row.label}\n${printed(row.values[one.dataIndex])}`,
        },
      })),
    };
  };
  const ranks = (data, now, box) => {
    const rows = data.rows.filter(row => row.values[0] !== null).sort((one, other) => Number(other.values[0]) - Number(one.values[0]));
    return {
      grid: {left: 8, right: narrow(box) ? 76 : 96, top: 6, bottom: 6, containLabel: true},
      xAxis: {type: "value", show: false},
      yAxis: {type: "category", inverse: true, data: rows.map(row => row.label), axisTick: {show: false}, axisLine: {lineStyle: {color: now.second}},
        axisLabel: {...axisText(now), color: now.ink, width: Math.min(190, box.clientWidth * .38), overflow: "break", interval: 0}},
      series: [{
        type: "bar", name: data.title, data: rows.map(row => number(row.values[0])), barMaxWidth: 24, color: now.colours[0],
        label: {show: true, position: "right", color: now.ink, fontFamily: now.font, fontSize: 12, formatter: one => printed(rows[one.dataIndex].values[0])},
      }],
    };
  };
  const legend = now => ({top: 0, left: 0, type: "plain", itemWidth: 34, itemHeight: 12, textStyle: {color: now.ink, fontFamily: now.font, fontSize: 13}, selectedMode: false});
  // the key under two bars takes a line for every two or three parts
  const keyed = (data, box) => Math.ceil(data.rows.length / (narrow(box) ? 2 : 3)) * 24 + 12;
  const manners = {lines: columns, bars: columns, stacks, ranks};
  const height = (data, box) => data.manner === "ranks" ? 24 + data.rows.length * (narrow(box) ? 44 : 38) : data.manner === "stacks" ? 190 + keyed(data, box) : 320;

  /* ---- drawn, drawn again when colours or width change, saved */
  const draw = (box, init) => {
    const data = dataOf(box), now = look();
    charts.get(box)?.dispose();
    const chart = init(box, null, {renderer: "svg", height: height(data, box)});
    const bars = data.manner === "bars" || data.manner === "stacks";
    chart.setOption({animation: false, aria: {enabled: true, label: {enabled: false}, decal: {show: bars && data.rows.length > 1, decals: patterns(now)}}, textStyle: {fontFamily: now.font}, ...manners[data.manner](data, now, box)});
    charts.set(box, chart);
    box.dataset.drawn = data.manner;
    // the picture is described once, by the box
    box.querySelector("svg").setAttribute("aria-hidden", "true");
  };
  const patterns = now => [
    {color: "transparent"}, {color: faint(now), rotation: -Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [2, 7]}, {color: faint(now), symbol: "circle", dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], symbolSize: .5},
    {color: faint(now), rotation: Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [2, 7]}, {color: faint(now), dashArrayX: [1, 0], dashArrayY: [2, 6]}, {color: faint(now), rotation: Math.PI / 2, dashArrayX: [1, 0], dashArrayY: [2, 6]},
  ];
  const faint = now => now.on === "#fff" ? "rgba(255,255,255,.32)" : "rgba(16,20,20,.3)";
  const save = box => {
    const data = dataOf(box), svg = box.querySelector("svg").cloneNode(true), space = "http://www.w3.org/2000/svg";
    svg.removeAttribute("aria-hidden");
    const words = (tag, text) => Object.assign(document.createElementNS(space, tag), {textContent: text});
    const back = document.createElementNS(space, "rect");
    for (const [name, value] of [["width", "100%"], ["height", "100%"], ["fill", look().paper]]) back.setAttribute(name, value);
    svg.prepend(words("title", `${data.title}（${data.unit}）`), words("desc", `${box.getAttribute("aria-label")} ${location.href}`), back);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], {type: "image/svg+xml"}));
    link.download = `${document.querySelector("h1").textContent.trim()} ${data.title}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const offer = box => {
    const tools = box.closest(".mz-chart")?.querySelector(".mz-tools");
    if (!tools || tools.querySelector("button")) return;
    const button = Object.assign(document.createElement("button"), {type: "button", textContent: "保存图片（SVG）"});
    button.addEventListener("click", () => save(box));
    tools.append(button);
  };
  const show = async box => {
    library ??= import(new URL(LIBRARY, here));
    try {
      draw(box, (await library).init);
      offer(box);
    } catch (error) {
      // the table says it all; a gap in its place would say that something is missing
      box.hidden = true;
      throw error;
    }
  };

  const seen = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
    seen.unobserve(entry.target);
    show(entry.target);
  }), {rootMargin: "200px"});
  boxes.forEach(box => {
    // room is kept, so that nothing moves when the picture comes
    box.style.minHeight = `${height(dataOf(box), box)}px`;
    seen.observe(box);
  });
  const again = () => charts.size && library.then(({init}) => [...charts.keys()].forEach(box => draw(box, init)));
  new MutationObserver(again).observe(document.body, {attributes: true, attributeFilter: ["data-md-color-scheme"]});
  let width = innerWidth, timer;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(timer);
    timer = setTimeout(again, 150);
  });
})();
