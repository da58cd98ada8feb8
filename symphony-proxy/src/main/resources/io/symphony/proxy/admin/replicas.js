/** The replicas as a living picture: a card each, kept from one look to the next so that it can change before our eyes. */

import { order } from "./orders.js";

const cards = new Map();
const list = document.getElementById("replicas");
const LEAVING = ["DRAINING", "STOPPING"];
const WORDS = { STARTING: "starting", WARMING: "warming up", READY: "ready", SUSPECT: "suspect", DRAINING: "draining", STOPPING: "stopping" };

export function show(replicas, now) {
  const most = Math.max(4, ...replicas.map(each => each.inFlight));
  const seen = new Set();
  for (const replica of replicas) {
    seen.add(replica.id);
    const card = cards.get(replica.id) ?? make(replica.id);
    fill(card, replica, most, now);
  }
  for (const [id, card] of cards) if (!seen.has(id)) leave(id, card);
  document.getElementById("empty").hidden = replicas.length > 0;
}

function make(id) {
  const card = element("li", "replica");
  const top = element("div", "top");
  const facts = element("dl", "facts");
  const foot = element("div", "foot");
  const drain = element("button", "drain", "Drain");
  drain.type = "button";
  drain.setAttribute("aria-label", "Drain " + id);
  drain.addEventListener("click", () => order("/drain?replica=" + encodeURIComponent(id)));
  const parts = {
    phase: element("span", "phase"), where: element("div", "where"), bar: element("i"), age: element("span", "age"),
    inside: fact(facts, "inside"), requests: fact(facts, "requests"), failures: fact(facts, "failures"), drain,
  };
  const load = element("div", "load");
  load.append(parts.bar);
  top.append(element("span", "name", id), parts.phase);
  foot.append(parts.age, drain);
  card.append(top, parts.where, load, facts, foot);
  const made = { card, parts };
  cards.set(id, made);
  list.append(card);
  return made;
}

function fill({ card, parts }, replica, most, now) {
  card.dataset.phase = replica.phase;
  card.dataset.id = replica.id;
  text(parts.phase, WORDS[replica.phase] ?? replica.phase.toLowerCase());
  text(parts.where, [replica.endpoint, replica.version].filter(Boolean).join(" · "));
  text(parts.inside, replica.inFlight);
  text(parts.requests, replica.requests.toLocaleString("en"));
  text(parts.failures, replica.failures.toLocaleString("en"));
  text(parts.age, "for " + span((now - Date.parse(replica.since)) / 1000));
  parts.failures.classList.toggle("bad", replica.failures > 0);
  parts.bar.style.width = Math.round(100 * replica.inFlight / most) + "%";
  parts.drain.hidden = LEAVING.includes(replica.phase) || replica.phase === "STARTING";
}

function leave(id, { card }) {
  cards.delete(id);
  card.classList.add("gone");
  setTimeout(() => card.remove(), 350);
}

function fact(facts, name) {
  const pair = element("div");
  const value = element("dd", "", "0");
  pair.append(element("dt", "", name), value);
  facts.append(pair);
  return value;
}

export function element(tag, className = "", content = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (content) made.textContent = content;
  return made;
}

export function text(node, content) {
  if (node.textContent !== String(content)) node.textContent = content;
}

export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return whole + " s";
  if (whole < 3600) return Math.floor(whole / 60) + " min " + whole % 60 + " s";
  return Math.floor(whole / 3600) + " h " + Math.floor(whole / 60) % 60 + " min";
}
