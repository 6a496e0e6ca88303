// The teachers' list: choose a whole page, see how many are chosen, and arrive at the list after a page turn.

let turning = false;

function boxes() {
  return [...document.querySelectorAll('#many input[name="uid"]')];
}

function tell() {
  const place = document.querySelector("[data-chosen]");
  if (!place) return;
  const all = document.querySelector('#many input[name="all"]');
  const number = boxes().filter((box) => box.checked).length;
  const total = document.querySelector('#many input[name="seen"]').value;
  if (all?.checked) place.textContent = place.dataset.all.replace("{number}", total);
  else place.textContent = number ? place.dataset.some.replace("{number}", number) : "";
}

function prepare() {
  const whole = document.querySelector("[data-choose-page]");
  if (whole) whole.hidden = false;
  tell();
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.closest("#many")) return;
  if (box.closest("[data-choose-page]")) for (const one of boxes()) one.checked = box.checked;
  tell();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  turning = Boolean(event.target.closest?.(".pages"));
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "questions") return;
  prepare();
  const told = event.target.querySelector("[data-told]");
  document.getElementById("status").textContent = told.textContent;
  if (turning) {
    told.focus({ preventScroll: true });
    told.scrollIntoView({ block: "start" });
  }
  turning = false;
});

prepare();
