package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.util.UUID;

@Introspected
record PhotoRow(UUID id, String alt, int width, int height) {}
