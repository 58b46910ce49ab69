import { accountApi } from "./api";
import type { Credential } from "./protocol";

/** Whether this browser makes and uses passkeys: it must know WebAuthn, and trust the page's address. */
export const passkeysWork = () =>
  window.isSecureContext &&
  typeof PublicKeyCredential !== "undefined" &&
  typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function";

const asJson = (credential: globalThis.Credential | null) => (credential as PublicKeyCredential).toJSON() as Credential;

/** ES256, EdDSA and RS256, which all devices have one of. */
const ALGORITHMS = [-7, -8, -257];

/** Makes a passkey that shows under a name; rejects if its user does not want to. */
export async function makePasskey(name: string): Promise<Credential> {
  const { challenge, userId } = await accountApi.passkeyChallenge();
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON({
    challenge,
    rp: { name: "Tabula", id: location.hostname },
    user: { id: userId, name, displayName: name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return asJson(await navigator.credentials.create({ publicKey }));
}

/** Has one of this page's passkeys sign; rejects if its user does not want to. */
export async function usePasskey(): Promise<Credential> {
  const { challenge } = await accountApi.passkeyChallenge();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({
    challenge,
    rpId: location.hostname,
    userVerification: "required",
  });
  return asJson(await navigator.credentials.get({ publicKey }));
}
