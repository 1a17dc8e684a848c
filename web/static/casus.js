// Makes pages better that work without it. It loads nothing.
(() => {
  // What points at a statement, an act or a state lights all of it.
  const parts = id => document.querySelectorAll(`[data-for~="${CSS.escape(id)}"]`);
  const idsOf = e => (e.closest?.("[data-for]")?.dataset.for ?? "").split(" ").filter(Boolean);
  const light = (ids, on) => ids.forEach(id => parts(id).forEach(e => e.classList.toggle("lit", on)));
  for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, e => light(idsOf(e.target), true));
    document.addEventListener(leave, e => light(idsOf(e.target), false));
  }

  // The slider moves the day by years and leaves month and day as they are.
  const slider = document.querySelector("input[type=range][data-day]");
  const day = slider && document.getElementById(slider.dataset.day);
  if (slider && day) {
    slider.closest("[hidden]").hidden = false;
    slider.addEventListener("input", () => { day.value = slider.value.padStart(4, "0") + (day.value.slice(4) || "-01-01"); });
    slider.addEventListener("change", () => { if (day.form.checkValidity()) day.form.requestSubmit(); });
    day.addEventListener("input", () => { slider.value = day.value.slice(0, 4); });
  }

  // What takes longer to find stands on a page of its own; here it is brought in
  // when it comes into view. The link to it stays if that fails.
  const parser = new DOMParser();
  const fill = async box => {
    const answer = await fetch(box.dataset.load, { headers: { Accept: "text/html" } });
    const part = answer.ok && parser.parseFromString(await answer.text(), "text/html").getElementById("part");
    if (part) box.replaceChildren(...part.childNodes);
  };
  const near = new IntersectionObserver(list => {
    for (const e of list) {
      if (!e.isIntersecting) continue;
      near.unobserve(e.target);
      fill(e.target).catch(() => {});
    }
  }, { rootMargin: "300px" });
  document.querySelectorAll("[data-load]").forEach(box => near.observe(box));

  for (const b of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    b.hidden = false;
    b.addEventListener("click", async () => { await navigator.clipboard.writeText(location.href); b.textContent = "Copied"; });
  }

  // The picture is drawn by the server; here it becomes a file that any program shows.
  for (const b of document.querySelectorAll("[data-png]")) {
    b.hidden = false;
    b.addEventListener("click", async () => {
      const svg = await (await fetch(b.dataset.png)).text();
      const picture = new Image();
      picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
      await picture.decode();
      const canvas = document.createElement("canvas");
      canvas.width = picture.naturalWidth;
      canvas.height = picture.naturalHeight;
      canvas.getContext("2d").drawImage(picture, 0, 0);
      const link = document.createElement("a");
      link.href = canvas.toDataURL("image/png");
      link.download = document.querySelector("h1").textContent.replace(/\W+/g, "-") + ".png";
      link.click();
    });
  }

  // A file that is dropped on the form is as good as a chosen one.
  const file = document.querySelector("form [type=file]");
  file?.form.addEventListener("dragover", e => e.preventDefault());
  file?.form.addEventListener("drop", e => {
    if (!e.dataTransfer.files.length) return;
    e.preventDefault();
    file.files = e.dataTransfer.files;
  });
})();
