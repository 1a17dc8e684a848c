// Joins speaker, cue and content: what points at a statement lights all of it.
(() => {
  const parts = id => document.querySelectorAll(`[data-for~="${CSS.escape(id)}"]`);
  const light = (ids, on) => ids.forEach(id => parts(id).forEach(e => e.classList.toggle("lit", on)));
  const idsOf = e => (e.closest("[data-for]")?.dataset.for ?? "").split(" ").filter(Boolean);
  for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, e => light(idsOf(e.target), true));
    document.addEventListener(leave, e => light(idsOf(e.target), false));
  }
  // The slider moves the day by years and leaves month and day as they are.
  const slider = document.querySelector("input[type=range][data-day]");
  const day = slider && document.getElementById(slider.dataset.day);
  if (slider && day) {
    slider.hidden = false;
    slider.addEventListener("input", () => { day.value = slider.value.padStart(4, "0") + day.value.slice(4); });
    slider.addEventListener("change", () => day.form.requestSubmit());
    day.addEventListener("input", () => { slider.value = day.value.slice(0, 4); });
  }
})();
