package dev.knatter.core.token;

import java.util.UUID;

/**
 * Who is calling, as the access token says. username: as it is stored; sessionId: the session the token is of, of
 * version 8 where that is one of the outside issuer ({@link OutsideIdentity}).
 */
public record Identity(UUID userId, String username, UUID sessionId) {}
