// Tells the server of the tests what goes wrong on a page, in the same words in every engine. It is
// told before anything else happens, so that a test that ends now knows it.

function tell(said) {
  const request = new XMLHttpRequest();
  request.open("POST", "/heard", false);
  request.send(`${location.pathname}: ${said}`);
}

for (const level of ["error", "warn"]) {
  const original = console[level];
  console[level] = (...said) => {
    tell(`console.${level}: ${said.join(" ")}`);
    original(...said);
  };
}

function tellError({ target, message }) {
  // Firefox fetches the next page ahead, and gives that up when a reader leaves
  if (target.rel === "next") return;
  tell(target === window ? message : `not loaded: ${target.src ?? target.href}`);
}

addEventListener("error", tellError, true);
addEventListener("unhandledrejection", ({ reason }) => tell(`not handled: ${reason}`));
document.addEventListener("securitypolicyviolation", (event) => {
  tell(`violates ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
