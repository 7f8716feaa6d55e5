package motette.bodies;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether two names mean the same organisation, as far as their spelling tells: without regard to capitals, umlauts, legal form,
 * quotation marks and hyphens. Rather a hint too many than one too few; a person looks at it (SächsGemO § 20).
 */
public final class OrganisationName {

    /** Legal forms as whole words at the end, after everything else has become lower case without dots. */
    private static final Pattern LEGAL_FORM = Pattern.compile(
            " (?:n ?e ?v|e ?v|i ?g|e ?g|eingetragener verein|ggmbh|gmbh|gemeinnutzige gmbh|g"
                + " ?ug|ug|haftungsbeschrankt|mbh|gemeinnutzige|gag|ag|kg|ohg|gbr|e ?gbr|kdor|adr|se|kgaa|co|und)$");

    private OrganisationName() {}

    public static boolean same(String one, String other) {
        var folded = folded(one);
        return !folded.isEmpty() && folded.equals(folded(other));
    }

    /** What is left of a name for comparing; never shown. */
    static String folded(String name) {
        var plain = Normalizer.normalize(name.toLowerCase(Locale.ROOT).replace("ß", "ss"), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replaceAll("(?<=[a-z])\\.(?=\\s?[a-z]\\b)", "")
                .replaceAll("ae", "a")
                .replaceAll("oe", "o")
                .replaceAll("ue", "u")
                .replaceAll("[&+]", " und ")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
        var shorter = LEGAL_FORM.matcher(plain).replaceFirst("").strip();
        while (!shorter.equals(plain) && !shorter.isEmpty()) {
            plain = shorter;
            shorter = LEGAL_FORM.matcher(plain).replaceFirst("").strip();
        }
        return plain.replace(" ", "");
    }
}
