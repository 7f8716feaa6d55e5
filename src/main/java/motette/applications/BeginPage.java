package motette.applications;

import io.micronaut.core.annotation.Introspected;

/** Before the first step. @param idea 0 where it begins with none; @param enters the reader may enter one from paper */
@Introspected
record BeginPage(long idea, String title, boolean enters) {}
