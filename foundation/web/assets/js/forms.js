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

  // A page that the browser kept and shows again with the back button can be sent again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  });
}
