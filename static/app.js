// What the pages do beyond links and forms, which work without any of this:
// focus follows the answer, keys choose options, and an answer that did not arrive is sent again until it has.

const WAITS = [1000, 2000, 4000];
const GIVE_UP_AFTER = 120000;
const SECOND_CLICK = 600;
const ARRIVING = "section.item, #report";

const notice = document.getElementById("notice");
const status = document.getElementById("status");
const retries = new WeakMap();
let swappedAt = -Infinity;

// --- focus and title follow a swap

function arrive(root) {
  if (root.dataset.title) document.title = root.dataset.title;
  const heading = root.querySelector("[data-arrive]");
  if (!heading) return;
  heading.focus({ preventScroll: true });
  if (heading.matches("h1")) window.scrollTo({ top: 0, behavior: "instant" });
  else heading.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const root = event.target;
  if (!root.matches(ARRIVING)) return;
  swappedAt = performance.now();
  arrive(root);
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
  const form = item.querySelector("form.response");
  if (event.key === "Enter" && event.target.matches("[data-arrive], input[type=radio]")) {
    event.preventDefault();
    if (form) form.requestSubmit();
    else item.querySelector("a.is-next")?.click();
  } else if (form) {
    const option = optionFor(event.key, form);
    if (!option || option.disabled) return;
    event.preventDefault();
    option.checked = true;
    option.focus();
  }
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
  if (form.isConnected) form.requestSubmit();
}

function failed(form) {
  const retry = retries.get(form) ?? { count: 0, since: performance.now() };
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
  if (source.matches("form.response")) failed(source);
  else say(notice.dataset.notLoaded);
}

for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, lost);

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) lost(event);
  else settled(event.detail.requestConfig.elt);
});

// What a failing server says is not shown: while we try again, our own words say more.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status >= 500) {
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

// --- the clock of a test; the server's is the one that counts

function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    const left = Math.max(0, Math.round((Date.parse(clock.dateTime) - Date.now()) / 1000));
    clock.textContent = clock.dataset.clock.replace("{minutes}", Math.floor(left / 60)).replace("{seconds}", left % 60);
  }
}

setInterval(tick, 1000);
document.addEventListener("htmx:afterSettle", tick);

// --- on arrival

tick();

for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;
const first = document.querySelector("section.item");
if (first && !location.hash && document.activeElement === document.body) {
  first.querySelector("[data-arrive]")?.focus({ preventScroll: true });
}
