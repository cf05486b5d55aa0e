"use strict";
// The pages work without this: it shows that something is going on, and saves steps.
(() => {
  const status = document.getElementById("status");
  const progress = document.getElementById("progress");

  function busy(words) {
    progress.hidden = false;
    status.textContent = words;
    document.title = words;
  }

  // A form that only reads: empty fields stay out of the address, and the wait is shown.
  for (const form of document.querySelectorAll("form[data-busy]")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) {
        if (field.name && !field.value.trim()) field.disabled = true;
      }
      const button = form.querySelector("button[type=submit]");
      button.disabled = true;
      if (form.classList.contains("ask")) button.textContent = "…";
      busy(form.dataset.busy);
    });
  }
  for (const example of document.querySelectorAll(".examples a")) {
    example.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) busy(document.querySelector("form[data-busy]").dataset.busy);
    });
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // back from the memory of the browser, still busy
  });

  const question = document.getElementById("question");
  if (question) {
    question.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        question.form.requestSubmit();
      }
    });
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        question.focus();
        question.select();
      }
    });
  }

  // What was asked for is read first: the answer, the quotation in a document.
  const focus = document.querySelector("[data-focus]");
  if (focus && !location.hash) focus.focus({ preventScroll: true });
  const target = document.getElementById("trich");
  if (target && location.hash === "#trich") target.focus({ preventScroll: true });

  // The outline of a document opens on a wide screen only, and follows the reading.
  const outline = document.querySelector(".outline details");
  if (outline) {
    outline.open = matchMedia("(min-width: 60.01rem)").matches;
    const lines = new Map();
    for (const line of outline.querySelectorAll("a")) lines.set(line.hash.slice(1), line);
    const watch = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target: heading } of seen) {
        if (!isIntersecting) continue;
        for (const line of lines.values()) line.removeAttribute("aria-current");
        const line = lines.get(heading.id);
        line.setAttribute("aria-current", "location");
        const nav = line.closest("nav");
        if (nav.scrollHeight > nav.clientHeight) nav.scrollTop = line.offsetTop - nav.clientHeight / 3;
      }
    }, { rootMargin: "0px 0px -70% 0px" });
    for (const id of lines.keys()) {
      const heading = document.getElementById(id);
      if (heading) watch.observe(heading);
    }
  }

  // An upload: how much has gone, then that it is being read; a problem is said in words.
  const upload = document.getElementById("upload");
  if (upload) {
    const bar = document.getElementById("sent");
    const words = document.getElementById("upload-status");
    const button = upload.querySelector("button");
    const fail = (title, detail) => {
      words.className = "notice bad";
      words.setAttribute("role", "alert");
      words.textContent = `${title}. ${detail}`;
      bar.hidden = true;
      button.disabled = false;
    };
    upload.addEventListener("submit", (event) => {
      event.preventDefault();
      const sending = new XMLHttpRequest();
      sending.open("POST", "/documents");
      sending.setRequestHeader("Accept", "application/json");
      sending.upload.addEventListener("progress", ({ loaded, total }) => {
        bar.value = (100 * loaded) / total;
        words.textContent = upload.dataset.sending.replace("%", String(Math.round(bar.value)));
      });
      sending.upload.addEventListener("load", () => {
        bar.removeAttribute("value");
        words.textContent = upload.dataset.reading;
      });
      sending.addEventListener("load", () => {
        let body = {};
        try { body = JSON.parse(sending.responseText); } catch { /* said below */ }
        if (sending.status === 200 || sending.status === 201) {
          location.assign(`/van-ban/${encodeURIComponent(body[0].document)}`);
        } else {
          fail(upload.dataset.failed, body.detail || sending.statusText);
        }
      });
      sending.addEventListener("error", () => fail(upload.dataset.failed, upload.dataset.lost));
      words.className = "";
      words.setAttribute("role", "status");
      bar.hidden = false;
      bar.value = 0;
      button.disabled = true;
      sending.send(new FormData(upload));
    });
  }
})();
