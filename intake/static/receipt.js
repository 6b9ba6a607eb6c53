"use strict";

// The code is shown once: leaving before it is kept is asked about, once.

const page = document.querySelector("[data-unkept]");

const ask = (event) => {
  event.preventDefault();
  removeEventListener("beforeunload", ask);
};

const kept = () => removeEventListener("beforeunload", ask);

if (page) {
  addEventListener("beforeunload", ask);
  for (const way of page.querySelectorAll("a, form")) {
    way.addEventListener(way.tagName === "A" ? "click" : "submit", kept);
  }
  const button = page.querySelector("[data-print]");
  button.hidden = false;
  button.addEventListener("click", () => {
    kept();
    print();
  });
}
