// Writing a question: selected words become evidence, checks run while one types, and focus stays where it was.
// The form does all of this without a script, too, by buttons that send it.

const byId = (id) => document.getElementById(id);
let pressed = "";
let open = new Map();

// --- words selected in the passage become evidence

function selectedWords() {
  const passage = byId("passage-text");
  const selection = window.getSelection();
  if (!passage || !selection.rangeCount || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  if (!passage.contains(range.startContainer) || !passage.contains(range.endContainer)) return "";
  return range.toString().trim();
}

function offerQuote() {
  const offer = document.querySelector("[data-use-quote]");
  if (!offer) return;
  const words = selectedWords();
  if (!words) {
    // Pressing the button may end the selection; the words are kept with the button for that moment.
    setTimeout(() => { if (!selectedWords()) offer.hidden = true; }, 300);
    return;
  }
  offer.hidden = false;
  offer.querySelector("[data-quoted]").textContent = words.length > 60 ? `${words.slice(0, 57)}…` : words;
  offer.querySelector("button").dataset.words = words;
}

function useQuote(words) {
  const passage = byId("passage-text");
  const rows = [...document.querySelectorAll("#passage-part .quote-row textarea")];
  const row = rows.find((area) => !area.value.trim()) ?? rows[0];
  const prefix = row.id.replace(/-quote$/, "");
  row.value = words;
  byId(`${prefix}-document`).value = passage.dataset.document;
  byId(`${prefix}-paragraph`).value = passage.dataset.paragraph;
  byId("no_source").checked = false;
  document.querySelector("[data-use-quote]").hidden = true;
  window.getSelection().removeAllRanges();
  mark(passage, words);
  row.dispatchEvent(new Event("change", { bubbles: true }));
  byId("stem").focus();
}

function mark(passage, words) {
  const text = passage.textContent;
  const at = text.indexOf(words);
  if (at < 0) return;
  passage.replaceChildren(
    text.slice(0, at), Object.assign(document.createElement("mark"), { textContent: words }), text.slice(at + words.length),
  );
}

document.addEventListener("selectionchange", offerQuote);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.closest("[data-use-quote]")) useQuote(button.dataset.words);
  if (button?.name === "do") pressed = button.value;
});

// --- a paragraph is shown as soon as it is chosen

document.addEventListener("change", (event) => {
  byId(event.target.dataset?.press ?? "")?.click();
});

// --- checks: what has not changed stays, and the live region speaks only when there is news

const bare = (html) => html.replaceAll(' open=""', "").replace(/\s+/g, " ");

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const fresh = fragment.firstElementChild ?? fragment;
  if (target.classList.contains("said") && bare(target.innerHTML) === bare(fresh.innerHTML)) event.detail.shouldSwap = false;
});

function tell(text) {
  const status = byId("check-status");
  if (status && status.textContent !== text) status.textContent = text;
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const found = /id="(?:check-answer|calls)" data-status="([^"]*)"/.exec(event.detail.xhr.responseText ?? "");
  if (found) tell(found[1]);
  // htmx would carry the sizes that somebody drew with the mouse over as style attributes, which the policy refuses.
  for (const drawn of document.querySelectorAll("#editor [style]")) drawn.removeAttribute("style");
  open = new Map([...document.querySelectorAll("#editor details[id]")].map((one) => [one.id, one.open]));
});

// --- after the form came back: folds as they were, and focus on what the button brought

function focusAfter(button) {
  if (button === "add-option") return [...document.querySelectorAll(".answer-card input[id$='-text']")].at(-1);
  if (button.startsWith("take-")) return document.querySelector("#suggestions button") ?? byId("do-suggest");
  if (button === "suggest") return document.querySelector("#suggestions button");
  if (button.startsWith("fact-")) return byId("stem");
  if (button.startsWith("exact-")) return byId(`${button.slice(6)}-quote`);
  if (button.startsWith("remove-option")) return byId("do-add-option");
  if (button === "add-evidence") return [...document.querySelectorAll("#passage-part .quote-row textarea")].at(-1);
  if (button.startsWith("remove-evidence")) return byId("do-add-evidence");
  return null;
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "editor") return;
  for (const [id, was] of open) if (byId(id) && was) byId(id).open = true;
  if (pressed.startsWith("fact-")) byId("facts-stated")?.removeAttribute("open");
  const call = document.querySelector("[data-first]");
  const target = call ?? focusAfter(pressed);
  target?.focus({ preventScroll: Boolean(call) });
  call?.scrollIntoView({ block: "start", behavior: "instant" });
  pressed = "";
});

// A link of the summary opens the fold that its field stands in.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".summary a");
  const field = link && byId(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.closest("details")?.setAttribute("open", "");
  field.focus();
});

// The preview is there to be looked at: its keys answer nothing.
document.addEventListener("keydown", (event) => {
  if (event.target.closest?.("#preview-asked, #preview-answered") && !event.target.closest("a, summary")) event.stopPropagation();
}, true);

document.documentElement.classList.add("has-script");

// Before app.js looks for a question to focus on: the one in the preview is none to answer.
(document.querySelector("[data-first]") ?? document.querySelector(".editor-title")).focus();
