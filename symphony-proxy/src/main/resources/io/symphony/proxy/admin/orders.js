/** What a person orders, and the token that it may take: asked for once, and kept as long as this tab. */

const KEY = "symphony-admin-token";
const toast = document.getElementById("toast");
let hide = 0;
let asking = null;

export function headers() {
  const token = sessionStorage.getItem(KEY);
  return token ? { Authorization: "Bearer " + token } : {};
}

/** Asks for the token; one dialog at a time, however many ask. */
export function askToken() {
  asking ??= ask("Admin token", "This service shows and changes nothing without its token.", "Token", "password").then(token => {
    if (token) sessionStorage.setItem(KEY, token);
    asking = null;
  });
  return asking;
}

export async function order(path) {
  try {
    const response = await fetch(path, { method: "POST", headers: headers() });
    if (response.status === 401) {
      await askToken();
      return;
    }
    say((await response.json()).message);
  } catch (lost) {
    say("The order did not arrive: " + lost.message);
  }
}

export function say(message) {
  toast.textContent = message;
  toast.hidden = false;
  clearTimeout(hide);
  hide = setTimeout(() => toast.hidden = true, 5000);
}

export function ask(title, explanation, label, type) {
  const dialog = document.getElementById("ask");
  const input = document.getElementById("ask-input");
  document.getElementById("ask-title").textContent = title;
  document.getElementById("ask-text").textContent = explanation;
  document.getElementById("ask-label").textContent = label;
  input.type = type;
  input.value = "";
  dialog.returnValue = "cancel";
  dialog.showModal();
  input.focus();
  return new Promise(done => dialog.addEventListener("close",
    () => done(dialog.returnValue === "ok" ? input.value.trim() : ""), { once: true }));
}

/** Enter in the field means what it says, not the first button of the form. */
document.getElementById("ask-form").addEventListener("keydown", event => {
  if (event.key === "Enter" && event.target.id === "ask-input") {
    event.preventDefault();
    document.getElementById("ask").close("ok");
  }
});
