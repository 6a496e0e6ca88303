// What the pages do beyond links and forms, which work without any of this:
// focus follows the answer, keys choose options, and an answer that did not arrive is sent again until it has.

const WAITS = [1000, 2000, 4000];
const GIVE_UP_AFTER = 120000;
const SECOND_CLICK = 600;
const SENT_TWICE = 5000;
const ARRIVING = "section.item, #report";

const notice = document.getElementById("notice");
const status = document.getElementById("status");
const retries = new WeakMap();
let swappedAt = -Infinity;

// --- focus and title follow a swap

function arrive(root) {
  for (const hint of root.querySelectorAll("[data-with-script]")) hint.hidden = false;
  if (root.dataset.title) document.title = root.dataset.title;
  const heading = root.querySelector("[data-arrive]");
  if (!heading) return;
  heading.focus({ preventScroll: true });
  if (heading.matches("h1")) window.scrollTo({ top: 0, behavior: "instant" });
  else (document.getElementById(heading.getAttribute("aria-describedby")) ?? heading).scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const root = event.target;
  if (!root.matches(ARRIVING)) return;
  swappedAt = performance.now();
  arrive(root);
});

// A button that cannot be pressed while its answer is under way loses the focus; where it stays, it gets it back.
let focused = null;

document.addEventListener("htmx:beforeRequest", () => {
  focused = document.activeElement;
});

document.addEventListener("htmx:afterRequest", () => {
  if (document.activeElement === document.body && focused.isConnected) focused.focus({ preventScroll: true });
});

// What leads to a field of the same page puts the focus there, without a step in the history.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#choose-"]');
  if (!link) return;
  event.preventDefault();
  const field = document.getElementById(link.hash.slice(1));
  field.focus({ preventScroll: true });
  field.closest("label").scrollIntoView({ block: "center" });
});

// The second half of a double click must not press what has just taken the button's place.
document.addEventListener("click", (event) => {
  if (event.detail > 1 && performance.now() - swappedAt < SECOND_CLICK && event.target.closest("a, button, summary")) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

// --- keys: A to D or 1 to 4 choose, Enter confirms, and Enter on the verdict goes on

function optionFor(key, form) {
  const options = form.querySelectorAll('input[name="option"]');
  const index = /^[1-9]$/.test(key) ? Number(key) - 1 : key.toLowerCase().charCodeAt(0) - 97;
  return key.length === 1 ? options[index] : undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const item = event.target.closest("section.item");
  if (!item) return;
  if (event.target.matches("textarea, select, input:not([type=radio])")) return;
  const form = item.querySelector("form.response");
  if (event.key === "Enter" && event.target.matches("[data-arrive], input[type=radio]")) {
    event.preventDefault();
    if (form) form.requestSubmit();
    else item.querySelector(".is-next")?.click();
  } else if (form) {
    const option = optionFor(event.key, form);
    if (!option || option.disabled) return;
    event.preventDefault();
    option.checked = true;
    option.focus();
  }
});

// --- a form that leads to another page goes out once, however often its button is pressed

const sentAt = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (performance.now() - (sentAt.get(form) ?? -Infinity) < SENT_TWICE) event.preventDefault();
  else sentAt.set(form, performance.now());
});

// --- an answer that did not arrive

function say(text) {
  if (notice.textContent.trim() === text) return;
  notice.replaceChildren(Object.assign(document.createElement("p"), { role: "alert", textContent: text }));
}

function settled(form) {
  clearTimeout(retries.get(form)?.timer);
  retries.delete(form);
}

function sendAgain(form) {
  if (!form.isConnected) return;
  const button = retries.get(form)?.button; // the one that was pressed says what is meant
  if (button) button.click();
  else form.requestSubmit();
}

function failed(form, button) {
  const retry = retries.get(form) ?? { count: 0, since: performance.now() };
  retry.button = button ?? null;
  clearTimeout(retry.timer);
  if (performance.now() - retry.since > GIVE_UP_AFTER) {
    settled(form);
    say(notice.dataset.givenUp);
    return;
  }
  retry.timer = setTimeout(sendAgain, WAITS[Math.min(retry.count, WAITS.length - 1)], form);
  retry.count += 1;
  retries.set(form, retry);
  say(notice.dataset.notSaved);
}

function lost(event) {
  const source = event.detail.requestConfig.elt;
  if (source.matches("form.response")) failed(source, event.detail.requestConfig.triggeringEvent?.submitter);
  else say(notice.dataset.notLoaded);
}

for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, lost);

// Too much at once is refused for a moment only: what was answered is sent again until it has arrived.
function isLost({ xhr, requestConfig }) {
  return xhr.status >= 500 || (xhr.status === 429 && requestConfig.elt.matches("form.response"));
}

document.addEventListener("htmx:responseError", (event) => {
  if (isLost(event.detail)) lost(event);
  else settled(event.detail.requestConfig.elt);
});

// What a failing server says is not shown: while we try again, our own words say more.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (isLost(event.detail)) {
    event.detail.shouldSwap = false;
    return;
  }
  settled(requestConfig.elt);
  notice.replaceChildren();
  const saved = xhr.status < 400 && requestConfig.elt.matches("form.response");
  status.textContent = saved ? status.dataset.saved : "";
});

window.addEventListener("online", () => {
  for (const form of document.querySelectorAll("form.response")) if (retries.has(form)) sendAgain(form);
});

// --- the clock of a test: the server says how much is left, so that a wrong clock here misleads nobody

const SOON = 60;
const HEARD = 1500;
const clocks = new WeakMap();

function tick() {
  for (const clock of document.querySelectorAll("[data-left]")) {
    const { left: given, clock: words, soon, over } = clock.dataset;
    const state = clocks.get(clock) ?? { end: performance.now() + 1000 * given, before: Number(given) };
    const left = Math.max(0, Math.ceil((state.end - performance.now()) / 1000));
    const told = words.replace("{minutes}", Math.floor(left / 60)).replace("{seconds}", left % 60);
    clock.textContent = left ? told : over;
    if (left <= SOON && state.before > SOON) status.textContent = soon;
    if (!left && !state.isOver) end(clock);
    clocks.set(clock, { ...state, before: left, isOver: !left });
  }
}

// Nothing more is taken: that is said, and then the page leads to what counts. An answer under way leads there itself.
function end(clock) {
  const { over, leads } = clock.dataset;
  const form = document.querySelector("form.response");
  status.textContent = over;
  if (form && (form.matches(".htmx-request") || retries.has(form))) return;
  for (const button of form?.querySelectorAll(".actions button") ?? []) button.disabled = true;
  setTimeout(() => {
    if (clock.isConnected) htmx.ajax("GET", leads, { target: "#main > .item", swap: "outerHTML" });
  }, HEARD);
}

setInterval(tick, 1000);
document.addEventListener("htmx:afterSettle", tick);

// --- on arrival

tick();

const first = document.querySelector("section.item");
// The quiz's own address shows whichever question is open: Back is to lead to this one.
if (first?.dataset.address) history.replaceState(history.state, "", first.dataset.address + location.hash);
for (const hint of first?.querySelectorAll("[data-with-script]") ?? []) hint.hidden = false;
if (first && !location.hash && document.activeElement === document.body) {
  first.querySelector("[data-arrive]")?.focus({ preventScroll: true });
}
