package motette.residence;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;

/** Where the code of a letter is typed. */
@Introspected
record CodePage(String typed, Problems problems) {}
