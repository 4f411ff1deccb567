// Passkeys: the browser makes and shows them, and only a script can ask it to. Without one, the page offers codes.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// What the server sends as text, the browser wants as bytes; what it gives as bytes, the server wants as text.
const asked = ({ publicKey }) => ({
  ...publicKey,
  challenge: bytes(publicKey.challenge),
  ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
  ...Object.fromEntries(
    ["allowCredentials", "excludeCredentials"]
      .filter((list) => publicKey[list])
      .map((list) => [list, publicKey[list].map((one) => ({ ...one, id: bytes(one.id) }))]),
  ),
});

const given = (credential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: Object.fromEntries(
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
      .filter((part) => credential.response[part])
      .map((part) => [part, text(credential.response[part])]),
  ),
});

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return (await answer.json()).request_options;
}

async function show(form) {
  const publicKey = asked(await optionsOf(form));
  if (form.dataset.passkey !== "add") return navigator.credentials.get({ publicKey });
  const alone = Boolean(form.elements.passwordless?.checked);
  Object.assign(publicKey.authenticatorSelection, {
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone && { userVerification: "required" }),
  });
  return navigator.credentials.create({ publicKey });
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  for (const other of document.querySelectorAll(".without-script")) other.hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fault = form.querySelector("[role=alert]");
    fault.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(given(await show(form)));
    } catch {
      fault.hidden = false;
      return;
    }
    form.submit();
  });
}
