/** Puts what the stream tells where a person sees it. */

import * as charts from "./charts.js";
import { ask, askToken, headers, order } from "./orders.js";
import { element, show, text } from "./replicas.js";
import { listen } from "./stream.js";

const MOST_EVENTS = 200;
const $ = id => document.getElementById(id);
let wanted = 0;

function now(status) {
  const { latency, requests, time } = status;
  wanted = status.target;
  text($("service"), status.service);
  document.title = status.service + " · " + status.rps + " rps";
  text($("rps"), status.rps.toLocaleString("en"));
  text($("why"), status.target + (status.target === 1 ? " replica" : " replicas") + " wanted: " + status.reason);
  text($("waiting"), status.waiting);
  text($("target"), status.target);
  text($("count"), status.ready + " of " + status.target + " ready");
  measure($("served"), requests.completed.toLocaleString("en"), "");
  measure($("errors"), share(latency.errors, status.rps), "%");
  $("errors").classList.toggle("bad", latency.errors > 0);
  for (const name of ["p50", "p95", "p99"]) measure($(name), ...millis(latency[name + "Millis"]));
  $("fewer").disabled = status.target === 0;
  entrance(status.entrance);
  moving(status.rollOut);
  show(status.replicas, Date.parse(time));
  charts.add([Date.parse(time), status.rps, latency.errors, latency.p50Millis, latency.p95Millis, latency.p99Millis,
    status.target, status.ready]);
}

function entrance(state) {
  const open = state === "OPEN";
  $("entrance").hidden = open;
  text($("entrance"), state === "PAUSED" ? "Held: new requests wait until they are let in." : "Maintenance: requests are refused.");
  $("resume").hidden = open;
  $("pause").hidden = state === "PAUSED";
  $("maintenance").hidden = state === "MAINTENANCE";
}

const STAGES = { RUNNING: "Rolling out", PAUSED: "Roll-out paused", REVERTING: "Going back" };

function moving({ stage, version, ready, of, reason, evidence }) {
  $("moving").hidden = !(stage in STAGES);
  text($("moving-text"), (STAGES[stage] ?? "") + ": " + ready + " of " + of + " are " + version + ". "
    + [reason, evidence].filter(Boolean).join("; "));
  $("moving-bar").value = of ? ready / of : 0;
  $("rollout-pause").hidden = stage !== "RUNNING";
  $("rollout-resume").hidden = stage !== "PAUSED";
  $("rollout-abort").hidden = stage === "REVERTING";
}

const share = (part, all) => all === 0 ? (part ? "100" : "0") : (100 * Math.min(1, part / all)).toFixed(part ? 1 : 0);

function millis(value) {
  if (value >= 1000) return [(value / 1000).toFixed(2), "s"];
  return [value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2), "ms"];
}

function measure(node, value, unit) {
  if (node.dataset.value === value + unit) return;
  node.dataset.value = value + unit;
  node.replaceChildren(value, element("small", "", unit));
}

function happened(event) {
  const item = element("li", "event");
  item.dataset.kind = event.kind;
  const time = element("time", "", new Date(event.at).toLocaleTimeString([], { hour12: false }));
  time.dateTime = event.at;
  const name = event.replica ? event.replica + ": " : "";
  item.append(time, element("span", "kind", event.kind.toLowerCase().replace("_", " ")),
    element("span", "text", event.text.startsWith(name) ? event.text : name + event.text));
  const list = $("events");
  list.prepend(item);
  while (list.children.length > MOST_EVENTS) list.lastElementChild.remove();
}

function state(name) {
  $("link").dataset.state = name;
  text($("link"), name === "live" ? "live" : "reconnecting");
}

$("more").addEventListener("click", () => order("/scale?replicas=" + (wanted + 1)));
$("fewer").addEventListener("click", () => order("/scale?replicas=" + (wanted - 1)));
$("pause").addEventListener("click", () => order("/pause"));
$("maintenance").addEventListener("click", () => order("/maintenance"));
$("resume").addEventListener("click", () => order("/resume"));
$("rollout").addEventListener("click", async () => {
  const image = await ask("Roll out", "Replicas of this image take the place of those that serve.", "Image", "text");
  if (image) order("/rollout?image=" + encodeURIComponent(image));
});
for (const course of ["pause", "resume", "abort"]) {
  $("rollout-" + course).addEventListener("click", () => order("/rollout?" + course));
}
$("auto").addEventListener("click", () => order("/scale?auto"));

charts.build();
listen("/live", {
  headers,
  state,
  denied: askToken,
  event: (name, data) => name === "now" ? now(data) : name === "past" ? charts.replace(data.seconds) : happened(data),
});
