package motette.privacy;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.mail.Outbox;
import motette.people.Leaving;
import motette.people.Roles;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Texts;

/**
 * Erases a person in one transaction (DSGVO Art. 17): tallies and public decisions stay, the person goes. What goes is said in the
 * register, so that a new table needs a line there and none here.
 */
@Singleton
class Erasure {

    /** How long the goodbye waits for the mail server; then it is forgotten unsent, with the address. */
    private static final Duration GOODBYE_WAITS = Duration.ofDays(1);

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Register register;
    private final PersonalData data;
    private final Roles roles;
    private final JdbcOperations jdbc;
    private final ApplicationEventPublisher<Leaving> announcements;
    private final Audit audit;
    private final Outbox outbox;
    private final Texts texts;
    private final Clock clock;

    Erasure(
            Register register,
            PersonalData data,
            Roles roles,
            JdbcOperations jdbc,
            ApplicationEventPublisher<Leaving> announcements,
            Audit audit,
            Outbox outbox,
            Texts texts,
            Clock clock) {
        this.register = register;
        this.data = data;
        this.roles = roles;
        this.jdbc = jdbc;
        this.announcements = announcements;
        this.audit = audit;
        this.outbox = outbox;
        this.texts = texts;
        this.clock = clock;
    }

    /** Whoever acts for the city hands that over first. */
    @Transactional(readOnly = true)
    Optional<Refusal> refusal(long personId) {
        return roles.running(personId).isEmpty()
                ? Optional.empty()
                : Optional.of(Refusal.of("privacy.erase.office").withWayOut("/me", "privacy.erase.office.way-out"));
    }

    /**
     * Erases; false when the person is gone already. Deeds of the same person that are under way come first and go with the
     * rest, later ones find nobody: ideas are locked before the person, as every deed on an idea does.
     *
     * @param leaving who goes, and what becomes of their published ideas
     */
    @Transactional
    boolean erase(Leaving leaving, Locale language) {
        var person = leaving.personId();
        lock("select 1 from ideas where author_id = ? order by number for no key update", person);
        lock("select 1 from persons where id = ? for update", person);
        var values = data.values(person);
        values.ifPresent(known -> {
            refusal(person).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
            announcements.publishEvent(leaving);
            run("select set_config('motette.erasing', 'yes', true)");
            register.holdings().forEach(holding -> carryOut(holding, known));
            run("select set_config('motette.erasing', '', true)");
            audit.record(person, "person.erasure", "person:" + person, "");
            var address = known.email();
            if (address != null) {
                outbox.postOnce(
                        "erasure-" + person,
                        address,
                        texts.get(language, "privacy.erased.mail.subject"),
                        texts.get(language, "privacy.erased.mail.text"),
                        clock.instant().plus(GOODBYE_WAITS));
            }
        });
        return values.isPresent();
    }

    private void carryOut(Holding holding, NamedSql.Values values) {
        switch (holding.erasure()) {
            case KEEP -> {}
            case EMPTY -> run(holding.empty(), values);
            case DELETE -> {
                if (!holding.orEmpty()) {
                    run(holding.delete(), values);
                } else if (!tryTo(holding.delete(), values)) {
                    run(holding.empty(), values);
                }
            }
        }
    }

    /** False when something else bears the number of the row; the transaction goes on as if it had not been tried. */
    private boolean tryTo(String named, NamedSql.Values values) {
        var sql = new NamedSql(named);
        return jdbc.prepareStatement(sql.sql(), statement -> {
            var connection = statement.getConnection();
            var before = connection.setSavepoint();
            try {
                sql.bind(statement, values);
                statement.executeUpdate();
                connection.releaseSavepoint(before);
                return true;
            } catch (SQLException e) {
                if (FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
                    connection.rollback(before);
                    return false;
                } else {
                    throw e;
                }
            }
        });
    }

    private void run(String named, NamedSql.Values values) {
        var sql = new NamedSql(named);
        jdbc.prepareStatement(sql.sql(), statement -> {
            sql.bind(statement, values);
            return statement.executeUpdate();
        });
    }

    private void run(String sql) {
        jdbc.prepareStatement(sql, statement -> statement.execute());
    }

    private void lock(String sql, long person) {
        jdbc.prepareStatement(sql, statement -> {
            statement.setLong(1, person);
            return statement.execute();
        });
    }
}
