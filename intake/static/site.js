"use strict";

// The pages work without this. It only shortens the way.

const PRESSED_FOR = 3000; // ms: as long as an impatient second click may come
const NEARLY_FULL = 0.8;

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button) return;
  if (button.hasAttribute("aria-disabled")) {
    event.preventDefault();
    return;
  }
  button.setAttribute("aria-disabled", "true");
  setTimeout(() => button.removeAttribute("aria-disabled"), PRESSED_FOR);
});

// Coming back by the browser's history must not find a dead button.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-disabled]")) {
    button.removeAttribute("aria-disabled");
  }
});

for (const control of document.querySelectorAll("[data-most]")) {
  const most = Number(control.dataset.most);
  const line = document.createElement("span");
  line.className = "left";
  line.setAttribute("aria-live", "polite");
  control.after(line);
  const count = () => {
    const left = most - Array.from(control.value.trim()).length;
    line.classList.toggle("left-over", left < 0);
    if (left > most * (1 - NEARLY_FULL)) line.textContent = "";
    else if (left < 0) line.textContent = control.dataset.over.replace("{n}", String(-left));
    else line.textContent = control.dataset.left.replace("{n}", String(left));
  };
  control.addEventListener("input", count);
  count();
}

for (const button of document.querySelectorAll("button[data-copy], button[data-copy-from]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const word = button.querySelector("[data-word]");
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copyFrom);
    await navigator.clipboard.writeText(source ? source.value : button.dataset.copy);
    word.textContent = button.dataset.done;
  });
}

// Changing the language in the middle of a form sends what was typed along, to be read on.
const refused = document.querySelector("form[method=post] [autofocus]"); // drawn again with it
const typedInto = new Set(refused ? [refused.closest("form")] : []);
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && form.method === "post") typedInto.add(form);
});
for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", (event) => {
    const form = [...typedInto].pop();
    if (!form || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const turned = document.createElement("input");
    Object.assign(turned, { type: "hidden", name: "turned", value: "1" });
    form.append(turned);
    const target = new URL(form.action);
    target.searchParams.set("lang", link.lang);
    form.action = target;
    form.submit(); // nothing is judged, so nothing is asked of the browser's own checks either
  });
}

// Files that are too large or too many are told before they are sent: that may take minutes.
for (const control of document.querySelectorAll("input[type=file][data-largest]")) {
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  control.before(line);
  control.addEventListener("change", () => {
    const { largest, over, count, many } = control.dataset;
    const large = [...control.files].find((file) => file.size > Number(largest) * 1024 * 1024);
    const told = large ? over.replace("{name}", large.name) : "";
    control.setCustomValidity(told || (control.files.length > Number(count || 1) ? many : ""));
    line.textContent = control.validationMessage;
  });
  control.form.addEventListener("submit", (event) => {
    if (control.checkValidity()) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // so that the button can be pressed again
    control.focus();
  });
}
