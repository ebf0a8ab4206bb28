// Gives each clause's text area its markup and hands it to the rich-text editor. Without this script the
// area keeps the plain form of the text, and the server reads that instead.
for (const area of document.querySelectorAll("textarea[data-clause-editor]")) {
  const kind = area.form.elements.namedItem(`${area.name}-form`);
  area.value = area.dataset.clauseHtml;
  kind.value = "html";
  area.setAttribute("data-django-prose-editor-configurable", area.dataset.clauseEditor);
  area.addEventListener("prose-editor:ready", (event) => {
    const box = event.target.closest(".govuk-form-group").querySelector("[contenteditable=true]");
    box.setAttribute("role", "textbox");
    box.setAttribute("aria-multiline", "true");
    box.setAttribute("aria-labelledby", `${area.id}_label`);
    const described = area.getAttribute("aria-describedby");
    if (described) {
      box.setAttribute("aria-describedby", described);
    }
  });
}
