// Gives each clause's text area its markup and hands it to the rich-text editor. Without this script the
// area keeps the plain form of the text, and the server reads that instead.
for (const area of document.querySelectorAll("textarea[data-clause-editor]")) {
  const kind = area.form.elements.namedItem(`${area.name}-form`);
  const plain = area.value;
  area.value = area.dataset.clauseHtml;
  kind.value = "html";
  area.setAttribute("data-django-prose-editor-configurable", area.dataset.clauseEditor);
  // Nobody is left with raw markup when the editor does not come.
  const giveUp = setTimeout(() => {
    // What was put back into the area by then is markup, and stays.
    if (!area.closest(".prose-editor") && area.value === area.dataset.clauseHtml) {
      area.removeAttribute("data-django-prose-editor-configurable");
      area.value = plain;
      kind.value = "plain";
    }
  }, 8000);
  // What was typed before the sign-in ended may come back before or after the editor is there.
  let editor;
  let back;
  area.form.addEventListener("register:put-back", () => {
    back = area.value;
    editor?.commands.setContent(back);
  });
  area.addEventListener("prose-editor:ready", (event) => {
    clearTimeout(giveUp);
    const box = area.closest(".govuk-form-group").querySelector("[contenteditable=true]");
    box.setAttribute("role", "textbox");
    box.setAttribute("aria-multiline", "true");
    box.setAttribute("aria-labelledby", `${area.id}_label`);
    const described = area.getAttribute("aria-describedby");
    if (described) {
      box.setAttribute("aria-describedby", described);
    }
    editor = event.detail.editor;
    if (back !== undefined) {
      editor.commands.setContent(back);
    }
    // A link of the error summary comes to the text area, which is hidden behind the editor.
    area.addEventListener("focus", () => event.detail.editor.commands.focus());
    document
      .querySelectorAll(`a[href="#${area.id}"], label[for="${area.id}"]`)
      .forEach((link) => link.addEventListener("click", () => event.detail.editor.commands.focus()));
  });
}
