package motette.privacy;

import io.micronaut.core.annotation.Introspected;

/**
 * A kind of data as people know it.
 *
 * @param basis key of the legal basis, texts {@code privacy.basis.*}
 * @param mend  path of the page where the person corrects it; empty where it cannot be corrected
 */
@Introspected
record Kind(String key, String basis, String mend) {}
