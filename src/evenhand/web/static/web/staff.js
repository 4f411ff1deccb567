// The editor starts some of its parts by a line of script beside each. Ours are named in the page, and started here.

const STARTS = {
  initDateChooser: (part) => window.initDateChooser(part.dataset.id, JSON.parse(part.dataset.options)),
  initDateTimeChooser: (part) => window.initDateTimeChooser(part.dataset.id, JSON.parse(part.dataset.options)),
  initTimeChooser: (part) => window.initTimeChooser(part.dataset.id, JSON.parse(part.dataset.options)),
  InlinePanel: (part) => new window.InlinePanel(JSON.parse(part.dataset.options)),
  MultipleChooserPanel: (part) => new window.MultipleChooserPanel(JSON.parse(part.dataset.options)),
};

function startWithin(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const parts = [...node.querySelectorAll("[data-start]")];
  if (node.matches("[data-start]")) parts.unshift(node);
  for (const part of parts) {
    const start = part.dataset.start;
    delete part.dataset.start;
    if (!part.id.includes("__prefix__")) STARTS[start]?.(part);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  startWithin(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(startWithin);
  }).observe(document.body, { childList: true, subtree: true });
});
