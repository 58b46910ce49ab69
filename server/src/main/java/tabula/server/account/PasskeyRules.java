package tabula.server.account;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a browser brings proves that its user holds a passkey (WebAuthn). Pure: the
 * challenge that it must have signed is handed in.
 */
public final class PasskeyRules {

  /** ES256, EdDSA and RS256, which all devices have one of. */
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          algorithm(COSEAlgorithmIdentifier.ES256),
          algorithm(COSEAlgorithmIdentifier.EdDSA),
          algorithm(COSEAlgorithmIdentifier.RS256));

  /** The user was asked for a finger, a face or a PIN: a passkey stands for a password. */
  private static final boolean USER_VERIFIED = true;

  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);

  /** A key that was made. */
  public record Made(String id, String credential, long signCount) {

    /** The key of an account. */
    public Passkey of(String account, long now) {
      return new Passkey(id, account, credential, signCount, now);
    }
  }

  private static PublicKeyCredentialParameters algorithm(COSEAlgorithmIdentifier algorithm) {
    return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The challenge that a browser's answer says it signed; empty if it is no such answer. */
  public Optional<String> challenge(String response, boolean making) {
    try {
      @Nullable CollectedClientData data =
          making
              ? manager.parseRegistrationResponseJSON(response).getCollectedClientData()
              : manager.parseAuthenticationResponseJSON(response).getCollectedClientData();
      return data == null ? Optional.empty() : Optional.of(text(data.getChallenge().getValue()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The id of the key that a browser's answer was signed by. */
  public Optional<String> usedKey(String response) {
    try {
      return Optional.of(text(manager.parseAuthenticationResponseJSON(response).getCredentialId()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static ServerProperty server(String origin, String challenge) {
    Origin page = new Origin(origin);
    return ServerProperty.builder()
        .origin(page)
        .rpId(String.valueOf(page.getHost()))
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  /**
   * The key that a browser made.
   *
   * @param origin of the page, such as {@code https://example.org}
   * @return empty if it is not what was asked for
   */
  public Optional<Made> made(String response, String origin, String challenge) {
    try {
      RegistrationData data =
          manager.verifyRegistrationResponseJSON(
              response,
              new RegistrationParameters(server(origin, challenge), ALGORITHMS, USER_VERIFIED));
      if (data.getAttestationObject() == null) {
        return Optional.empty();
      }
      AuthenticatorData<?> device = data.getAttestationObject().getAuthenticatorData();
      @Nullable AttestedCredentialData key = device.getAttestedCredentialData();
      return key == null
          ? Optional.empty()
          : Optional.of(
              new Made(
                  text(key.getCredentialId()),
                  text(credentials.convert(key)),
                  device.getSignCount()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * How often a key was used, now that it was once more.
   *
   * @return empty if the answer was not signed by it, or a copy of it was used in between
   */
  public OptionalLong used(Passkey passkey, String response, String origin, String challenge) {
    try {
      AuthenticationData data =
          manager.verifyAuthenticationResponseJSON(
              response,
              new AuthenticationParameters(
                  server(origin, challenge), record(passkey), null, USER_VERIFIED));
      AuthenticatorData<?> device = data.getAuthenticatorData();
      return device == null ? OptionalLong.empty() : OptionalLong.of(device.getSignCount());
    } catch (RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  private CredentialRecord record(Passkey passkey) {
    AttestedCredentialData key =
        credentials.convert(Base64.getUrlDecoder().decode(passkey.credential()));
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        null,
        null,
        null,
        passkey.signCount(),
        key,
        null,
        null,
        null,
        null);
  }
}
