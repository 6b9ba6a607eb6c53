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
