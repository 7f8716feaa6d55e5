package motette.people;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds people by what the administration knows of them. Addresses are compared, never listed. */
@Singleton
class PeopleFinder {

    /** So many are shown; one more says that there are more. */
    static final int MOST = 50;

    private static final String FIND = """
        select p.id, p.pseudonym,
               array(select a.name || ' ' || a.scope from acting_roles(?) a where a.person_id = p.id order by a.name, a.scope) as acts
          from persons p
         where (? = '' or p.pseudonym ilike ?) and (? = '' or p.email = ?)
           and ((? = '' and ? = '') or exists (select from acting_roles(?) a where a.person_id = p.id
                                                and (? = '' or a.name = ?) and (? = '' or a.scope = ?)))
         order by p.pseudonym collate "und-x-icu", p.id limit ?\
        """;

    private final JdbcOperations jdbc;
    private final Scopes scopes;
    private final PersonRepository people;
    private final Reads reads;
    private final Clock clock;

    PeopleFinder(JdbcOperations jdbc, Scopes scopes, PersonRepository people, Reads reads, Clock clock) {
        this.people = people;
        this.reads = reads;
        this.jdbc = jdbc;
        this.scopes = scopes;
        this.clock = clock;
    }

    /** @param acts in which roles at this moment */
    @Introspected
    record Found(long id, String pseudonym, List<Acting> acts) {}

    /** @param where name of the body or area; empty for the whole city */
    @Introspected
    record Acting(String role, String where) {}

    /** One person; that their address was shown stands in what they read about themselves. */
    @Transactional
    Optional<Person> look(Visitor visitor, long id) {
        var person = people.findById(id);
        person.filter(found -> found.email() != null)
                .ifPresent(found -> reads.record(visitor, found.id(), "address", "people"));
        return person;
    }

    /** Whoever signs in with an address, kept as what they read about themselves. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Person> byAddress(Visitor visitor, String email) {
        var person = people.findByEmail(email);
        person.ifPresent(found -> reads.record(visitor, found.id(), "search", "people"));
        return person;
    }

    /** That somebody was found by their address stands in what they read about themselves: the account becomes known to be theirs. */
    @Transactional
    List<Found> find(Visitor visitor, SearchForm form) {
        var email = EmailAddress.of(form.email()).orElse("");
        var found = list(form, email);
        if (!email.isEmpty()) {
            found.forEach(person -> reads.record(visitor, person.id(), "search", "people"));
        }
        return found;
    }

    private List<Found> list(SearchForm form, String email) {
        return jdbc.prepareStatement(FIND, statement -> {
            var now = Timestamp.from(clock.instant());
            int i = 1;
            statement.setTimestamp(i++, now);
            statement.setString(i++, form.name());
            statement.setString(i++, "%" + form.name().replaceAll("([\\\\%_])", "\\\\$1") + "%");
            statement.setString(i++, email);
            statement.setString(i++, email);
            statement.setString(i++, form.role());
            statement.setString(i++, form.scope());
            statement.setTimestamp(i++, now);
            statement.setString(i++, form.role());
            statement.setString(i++, form.role());
            statement.setString(i++, form.scope());
            statement.setString(i++, form.scope());
            statement.setInt(i, MOST + 1);
            var found = new ArrayList<Found>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var acts = (String[]) rows.getArray("acts").getArray();
                    found.add(new Found(
                            rows.getLong("id"),
                            rows.getString("pseudonym"),
                            Arrays.stream(acts).map(this::acting).toList()));
                }
            }
            return found;
        });
    }

    private Acting acting(String nameAndScope) {
        var parts = nameAndScope.split(" ", 2);
        return new Acting(parts[0], scopes.name(parts[1]));
    }
}
