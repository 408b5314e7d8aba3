// The page that shows the search box beside a ticket and its reply: sample tickets, and the
// language of the answers.
{
  const ticket = document.querySelector("#kb-ticket");
  const answers = document.querySelector("#kb-answers");
  const box = document.querySelector("article policy-kb");

  for (const sample of document.querySelectorAll("[data-ticket]")) {
    sample.addEventListener("click", () => {
      ticket.value = sample.dataset.ticket;
      ticket.lang = sample.lang;
      ticket.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
  }
  answers?.addEventListener("change", () => {
    box.lang = answers.value;
  });
}
