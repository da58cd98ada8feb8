/** The charts over the last minutes. One table of columns feeds them all. */

const SECONDS = 600;
const SPAN = 300;
const COLUMNS = 8; // time, rps, errors, p50, p95, p99, target, ready

const table = Array.from({ length: COLUMNS }, () => []);
let charts = [];

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function replace(rows) {
  table.forEach(column => column.length = 0);
  rows.forEach(push);
  draw();
}

export function add(row) {
  if (table[0].length && row[0] / 1000 <= table[0][table[0].length - 1]) return;
  push(row);
  draw();
}

function push(row) {
  row.forEach((value, i) => table[i].push(i === 0 ? value / 1000 : value));
  if (table[0].length > SECONDS) table.forEach(column => column.shift());
}

function axes(format) {
  const look = { stroke: colour("--soft"), font: "11px system-ui, sans-serif", ticks: { show: false } };
  return [
    { ...look, grid: { show: false }, space: 90, values: (u, ticks) => ticks.map(clock), size: 26 },
    { ...look, grid: { stroke: colour("--grid"), width: 1 }, size: 46, space: 36, values: (u, ticks) => ticks.map(format) },
  ];
}

const clock = seconds => new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
const whole = value => Number.isInteger(value) ? compact(value) : "";
const millis = value => value >= 1000 ? value / 1000 + " s" : value + " ms";
const compact = value => value >= 10000 ? Math.round(value / 100) / 10 + "k" : String(value);

function line(stroke, more) {
  return { stroke: colour(stroke), width: 2, points: { show: false }, ...more };
}

function chart(id, columns, format, series) {
  const target = document.getElementById(id);
  const made = new uPlot({
    width: target.clientWidth,
    height: target.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 18, 0, 0], // half of a time stands beyond its tick
    scales: {
      x: { time: true, range: () => { const end = Date.now() / 1000; return [end - SPAN, end]; } },
      y: { range: (u, low, high) => [0, Math.max(1, high) * 1.15] },
    },
    axes: axes(format),
    series: [{}, ...series],
  }, columns.map(i => table[i]), target);
  return { id, columns, made };
}

function draw() {
  charts.forEach(({ made, columns }) => made.setData(columns.map(i => table[i])));
}

export function build() {
  charts.forEach(({ made }) => made.destroy());
  const steps = uPlot.paths.stepped({ align: 1 });
  charts = [
    chart("rps-chart", [0, 1, 2], compact, [
      line("--accent", { fill: colour("--fill") }),
      line("--error", { width: 0, fill: colour("--error"), paths: uPlot.paths.bars({ size: [1, 20] }) })]), // no line where there is none
    chart("latency-chart", [0, 5, 4, 3], millis, [line("--p99", { width: 1.5 }), line("--p95", { width: 1.5 }), line("--p50")]),
    chart("size-chart", [0, 7, 6], whole, [
      line("--ready", { paths: steps, fill: colour("--fill") }),
      line("--accent", { paths: steps, dash: [5, 4], width: 1.5 })]),
  ];
}

function fit() {
  charts.forEach(({ id, made }) => {
    const target = document.getElementById(id);
    made.setSize({ width: target.clientWidth, height: target.clientHeight });
  });
}

addEventListener("resize", fit);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", build);
