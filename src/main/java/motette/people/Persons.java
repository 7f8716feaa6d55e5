package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.shared.Languages;
import motette.shared.Texts;

/** Who there is, and how somebody new joins. */
@Singleton
public class Persons {

    private final PersonRepository people;
    private final Audit audit;
    private final Texts texts;
    private final Clock clock;

    Persons(PersonRepository people, Audit audit, Texts texts, Clock clock) {
        this.people = people;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    public Optional<Person> find(long personId) {
        return people.findById(personId);
    }

    public Optional<Person> findByDemoKey(String demoKey) {
        return people.findByDemoKey(demoKey);
    }

    /** @param address lower case */
    Optional<Person> findByEmail(String address) {
        return people.findByEmail(address);
    }

    /**
     * The person of an address, who joins now if there is none yet.
     *
     * @param address lower case, shown to be the person's own
     */
    @Transactional
    public Person at(String address, Locale language) {
        return people.findByEmail(address).orElseGet(() -> join(address, language));
    }

    /**
     * The person of an address that an office knows, who is there from now on. No mail is sent: they learn of it when they sign in.
     *
     * @param pseudonym what the public reads where they are new
     */
    @Transactional
    public Person enrol(String address, String pseudonym) {
        return people.findByEmail(address).orElseGet(() -> {
            var enrolled =
                    people.insertOrFind(pseudonym, address, Languages.tag(Languages.standard()), clock.instant());
            audit.record(0, "person.joining", "person:" + enrolled.id(), "");
            return enrolled;
        });
    }

    /** Whether an address belongs to somebody; only for whoever showed that it is theirs. */
    @Transactional(readOnly = true)
    public boolean isKnown(String address) {
        return people.findByEmail(address).isPresent();
    }

    /**
     * Somebody new, who is known in another way than by a mail to their address. Nobody is found by an address here, so that an
     * address alone never leads into the account of another.
     *
     * @param address lower case; empty for none
     * @return empty when the address belongs to somebody
     */
    @Transactional
    public Optional<Person> joinNew(String address, Locale language) {
        var pseudonym = newcomer(language, "");
        if (address.isEmpty()) {
            return Optional.of(
                    named(people.insertOrFind(pseudonym, null, Languages.tag(language), clock.instant()), language));
        } else if (people.insertNew(pseudonym, address, Languages.tag(language), clock.instant()) == 1) {
            return people.findByEmail(address).map(joined -> named(joined, language));
        } else {
            return Optional.empty();
        }
    }

    private Person join(String address, Locale language) {
        return named(
                people.insertOrFind(newcomer(language, ""), address, Languages.tag(language), clock.instant()),
                language);
    }

    private Person named(Person joined, Locale language) {
        people.rename(joined.id(), newcomer(language, String.valueOf(joined.id())));
        audit.record(joined.id(), "person.joining", "person:" + joined.id(), "");
        return people.findById(joined.id()).orElseThrow();
    }

    private String newcomer(Locale language, String number) {
        return Profiles.clean(texts.get(language, "people.newcomer", number));
    }
}
