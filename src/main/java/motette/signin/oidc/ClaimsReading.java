package motette.signin.oidc;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import motette.people.EmailAddress;
import motette.signin.Assurance;
import motette.signin.ClaimsSeen.Attribute;
import org.jspecify.annotations.Nullable;

/** Reads claims as the configuration of a provider says. */
final class ClaimsReading {

    private static final String EMAIL = "email";
    private static final String LEVEL = "level";
    private static final int LONGEST_ACR = 200;
    private static final int LONGEST_ATTRIBUTE = 200;

    /**
     * What stands for the levels where the operator wrote nothing: those of STORK as BundID says them, and those of eIDAS. BundID's
     * STORK-QAA-Level-1 is a name and a password with data that nobody checked, so it is none.
     */
    private static final Map<Assurance, List<String>> KNOWN = Map.of(
            Assurance.LOW, List.of("STORK-QAA-Level-2", "http://eidas.europa.eu/LoA/low", "low"),
            Assurance.SUBSTANTIAL,
                    List.of("STORK-QAA-Level-3", "http://eidas.europa.eu/LoA/substantial", "substantial"),
            Assurance.HIGH, List.of("STORK-QAA-Level-4", "http://eidas.europa.eu/LoA/high", "high"));

    private final String key;
    private final Map<String, Assurance> levels = new HashMap<>();
    private final Assurance least;
    private final Optional<Assurance> strongLevel;
    private final Set<String> strongAmr;
    private final boolean emailTrusted;
    private final Map<String, String> claims;

    /** @throws IllegalArgumentException naming the setting that cannot be */
    ClaimsReading(ProviderSettings settings) {
        this.key = settings.key();
        learn(Assurance.LOW, settings.levelLow());
        learn(Assurance.SUBSTANTIAL, settings.levelSubstantial());
        learn(Assurance.HIGH, settings.levelHigh());
        this.least = level("least-level", settings.leastLevel());
        this.strongLevel = settings.strongLevel().isBlank()
                ? Optional.empty()
                : Optional.of(level("strong-level", settings.strongLevel()));
        this.strongAmr = Set.copyOf(Optional.ofNullable(settings.strongAmr()).orElse(List.of()));
        this.emailTrusted = settings.emailTrusted();
        this.claims = Optional.ofNullable(settings.claims()).orElse(Map.of());
        checkNames();
    }

    Assurance least() {
        return least;
    }

    Assertion read(String subject, Claims said) {
        var acr = said.one(claims.getOrDefault(LEVEL, "acr"))
                .filter(word -> word.length() <= LONGEST_ACR)
                .orElse("");
        var level = levels.getOrDefault(acr, Assurance.NONE);
        var emailKept = said.isTrue("email_verified") || emailTrusted && !said.isFalse("email_verified");
        return new Assertion(
                key,
                subject,
                level,
                acr,
                isStrong(level, said),
                emailKept ? email(said) : "",
                emailTrusted,
                said.one("sid").orElse(""),
                said,
                attributes(said));
    }

    private boolean isStrong(Assurance level, Claims said) {
        return strongLevel.filter(level::reaches).isPresent()
                || said.all("amr").stream().anyMatch(strongAmr::contains);
    }

    private String email(Claims said) {
        return said.one(claims.getOrDefault(EMAIL, EMAIL))
                .flatMap(EmailAddress::of)
                .orElse("");
    }

    private Map<Attribute, String> attributes(Claims said) {
        var found = new EnumMap<Attribute, String>(Attribute.class);
        for (var attribute : Attribute.values()) {
            Optional.ofNullable(claims.get(attribute.key()))
                    .flatMap(said::one)
                    .filter(text -> text.length() <= LONGEST_ATTRIBUTE)
                    .ifPresent(text -> found.put(attribute, text));
        }
        return Map.copyOf(found);
    }

    private void learn(Assurance level, @Nullable List<String> words) {
        Optional.ofNullable(words)
                .filter(list -> !list.isEmpty())
                .orElse(KNOWN.getOrDefault(level, List.of()))
                .forEach(word -> levels.put(word, level));
    }

    private Assurance level(String setting, String word) {
        return Arrays.stream(Assurance.values())
                .filter(level -> level.key().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("motette.oidc." + key + "." + setting + " is '" + word
                        + "'; it is one of none, low, substantial, high"));
    }

    private void checkNames() {
        var names = Stream.concat(
                        Stream.of(EMAIL, LEVEL),
                        Arrays.stream(Attribute.values()).map(Attribute::key))
                .collect(Collectors.toSet());
        claims.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("motette.oidc." + key + ".claims." + name + " is none of "
                            + names.stream().sorted().collect(Collectors.joining(", ")));
                });
    }
}
