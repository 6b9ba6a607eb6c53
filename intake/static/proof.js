"use strict";

// In a flood each report costs a little work: the server sets it, this solves it, the server
// checks it. Without this script a report goes in all the same and waits to be looked at.

const given = document.querySelector("[data-work]"); // the work itself, where it stands on the page
const field = document.querySelector("[name=altcha]");
const form = field.form;
const status = form.querySelector("[data-status]");
let state = "idle"; // idle, working, done

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
const hex = (found) => Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("");

async function derive(asked, counter) {
  const nonce = bytes(asked.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(asked.salt), iterations: asked.cost };
  return hex(new Uint8Array(await crypto.subtle.deriveBits(how, key, asked.keyLength * 8)));
}

async function ask() {
  const answer = await fetch(field.dataset.challenge, { referrerPolicy: "no-referrer" });
  return answer.json();
}

async function solve() {
  const challenge = given ? JSON.parse(given.dataset.work) : await ask();
  if (!challenge.parameters) return "";
  status.textContent = form.dataset.working;
  for (let counter = 0; ; counter += 1) {
    const derivedKey = await derive(challenge.parameters, counter);
    if (derivedKey.startsWith(challenge.parameters.keyPrefix)) {
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
    }
  }
}

// On the form itself, so that nothing else takes the first try for the sending.
form.addEventListener("submit", async (event) => {
  if (state === "done") {
    state = "idle"; // coming back, the next report costs its own
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  if (state === "working") return;
  state = "working";
  const button = event.submitter;
  try {
    field.value = await solve();
  } catch {
    field.value = ""; // sent without it
  }
  status.textContent = "";
  state = "done";
  form.requestSubmit(button);
});
