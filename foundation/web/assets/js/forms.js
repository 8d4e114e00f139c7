// Error summary gets the focus; a form is sent once.

export function startForms(root) {
  const summary = document.getElementById("error-summary");
  if (summary) summary.focus();

  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-guard]") || event.defaultPrevented) return;
    if (form.dataset.sending === "yes") {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    // The answer may never come: after a while sending again must be possible.
    setTimeout(() => { delete form.dataset.sending; }, 10_000);
  });

  // A ready text is added where one writes, without leaving the page.
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-insert]");
    const field = button && document.getElementById(button.dataset.insert);
    if (!field) return;
    event.preventDefault();
    const before = field.value.trimEnd();
    field.value = before === "" ? button.dataset.text : `${before}\n${button.dataset.text}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });

  // A page that the browser kept and shows again with the back button can be sent again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  });
}
