package tabula.server.account;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right to act for an account, as it is kept: of the token itself there is only a hash.
 *
 * @param label what its owner calls it
 * @param lastUsedAt to the hour; null if it never was
 * @param revokedAt null while it is good
 */
public record AccessToken(
    String id,
    String account,
    String label,
    Set<Scope> scopes,
    long createdAt,
    @Nullable Long lastUsedAt,
    @Nullable Long revokedAt) {}
