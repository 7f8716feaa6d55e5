package motette.people;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.stream.Collectors;

/**
 * Who of the staff looked at what is not public of a person: an address, a name in an application for money. A page that shows
 * such a thing records it in the transaction that reads it, so nothing is shown that was not recorded. The person reads it under
 * "Meine Daten".
 */
@Singleton
public class Reads {

    private final JdbcOperations jdbc;
    private final Clock clock;

    Reads(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Adds a line; looking at oneself is none.
     *
     * @param reader   who looked
     * @param personId whose data
     * @param what     which part, as "address": the text {@code privacy.read.<what>} says it to the person
     * @param why      what it was looked at for, in words or as the subject of a deed, as "idea:128"; at most 500 characters, no
     *                 personal data
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Visitor reader, long personId, String what, String why) {
        if (reader.personId() != personId) {
            jdbc.prepareStatement(
                    "insert into personal_reads (at, reader_id, office, person_id, what, why) values (?, ?, ?, ?, ?,"
                            + " ?)",
                    statement -> {
                        statement.setTimestamp(1, Timestamp.from(clock.instant()));
                        statement.setLong(2, reader.personId());
                        statement.setString(3, office(reader));
                        statement.setLong(4, personId);
                        statement.setString(5, what);
                        statement.setString(6, why);
                        return statement.executeUpdate();
                    });
        }
    }

    private static String office(Visitor reader) {
        return reader.roles().stream().map(RoleName::key).sorted().collect(Collectors.joining(","));
    }
}
