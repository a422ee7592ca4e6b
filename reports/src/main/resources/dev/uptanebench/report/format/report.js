"use strict";
(() => {
  const trials = [...document.querySelectorAll(".trial")];
  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");

  const apply = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const trial of trials) {
      const match = words.every(word => trial.dataset.search.includes(word));
      trial.hidden = !match;
      if (match) count++;
    }
    shown.textContent = words.length ? count + " of " + trials.length : "";
  };
  filter.hidden = trials.length < 2;
  filter.addEventListener("input", apply);

  const reveal = () => {
    const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!place) return;
    const trial = place.closest(".trial");
    if (trial) {
      if (trial.hidden) { filter.value = ""; apply(); }
      trial.open = true;
    }
    place.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  for (const button of document.querySelectorAll(".copy")) {
    if (!navigator.clipboard) break;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(button.previousElementSibling.textContent).then(() => {
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
    });
  }
})();
