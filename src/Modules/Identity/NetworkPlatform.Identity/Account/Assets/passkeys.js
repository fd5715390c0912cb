// Passkeys are the one thing here that needs a script: only a script can ask the browser for one. Without it the forms stay hidden.
"use strict";

const supported = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!supported) break;
  form.hidden = false;
  for (const hint of document.querySelectorAll("[data-passkey-missing]")) hint.hidden = true;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const problem = form.querySelector(".error[role=alert]");
    problem.hidden = true;
    try {
      const options = JSON.parse(form.dataset.options);
      const credential = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.requestSubmit();
    } catch {
      problem.hidden = false;
    }
  });
}
