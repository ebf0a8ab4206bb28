// Says that scripts run: the style sheet and the design system ask for it before any module starts.
document.documentElement.classList.add("js-enabled");
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
// What is folded on a narrow screen, and stays open where no script runs.
if (matchMedia("(max-width: 899px)").matches) {
  for (const part of document.querySelectorAll("details[data-fold]")) {
    part.open = false;
  }
}
