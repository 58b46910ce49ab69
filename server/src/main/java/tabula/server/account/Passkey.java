package tabula.server.account;

/**
 * A key on somebody's device that signs them in, as far as a server knows it.
 *
 * @param id the credential's, in base64url
 * @param account whose it is
 * @param credential the public key and what belongs to it (WebAuthn's attested credential data), in
 *     base64url
 * @param signCount how often the device says that it was used; 0 where it does not count
 */
public record Passkey(
    String id, String account, String credential, long signCount, long createdAt) {}
