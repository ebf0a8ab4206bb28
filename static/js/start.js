// Says that scripts run: the style sheet and the design system ask for it before any module starts.
document.documentElement.classList.add("js-enabled");
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
