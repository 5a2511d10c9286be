package dev.knatter.core.token;

import java.util.UUID;

/** Who is calling, as the access token says. username: as it is stored; sessionId: the session the token is of. */
public record Identity(UUID userId, String username, UUID sessionId) {}
