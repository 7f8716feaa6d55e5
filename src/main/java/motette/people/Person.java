package motette.people;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Locale;
import motette.shared.Languages;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signed in.
 *
 * @param pseudonym   what the public sees, 2 to 60 characters
 * @param email       lower case; null for people of the demo city without one
 * @param demoKey     null outside the demo city
 * @param homeQuarter key of the quarter the person says to live in; null when not said
 * @param language    tag of the language that mails to them are written in
 */
@MappedEntity("persons")
public record Person(
        @Id @GeneratedValue long id,
        String pseudonym,
        @Nullable String email,
        @Nullable String demoKey,
        @Nullable String homeQuarter,
        String language,
        Instant createdAt) {

    /** What mails to them are written in; the standard language where the site no longer speaks theirs. */
    public Locale speaks() {
        return Languages.find(language).orElse(Languages.standard());
    }
}
