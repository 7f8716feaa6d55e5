package motette.people;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import motette.audit.Audit;
import motette.mail.Outbox;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Texts;

/**
 * Who stands in for whom while they are away. A delegation names a role that its giver holds and a role that its taker holds; it ends by
 * itself, with either of the two roles, or when one of them ends it. The database refuses a second deputy at the same time.
 */
@Singleton
public class Delegations {

    private static final String STANDINS = """
        select d.id, d.role_name, r.scope, d.person_id, p.pseudonym as person, d.deputy_id, q.pseudonym as deputy, d.from_date,
               least(d.to_date, ((d.acts_until - interval '1 millisecond') at time zone 'Europe/Berlin')::date) as last_day,
               d.begins_at <= ? and d.acts_until > ? and r.acts_until > ? and own.acts_until > ? as runs
          from delegations d join roles r on r.id = d.role_id join roles own on own.id = d.deputy_role_id
          join persons p on p.id = d.person_id join persons q on q.id = d.deputy_id
         where d.acts_until > d.begins_at and\
        """;

    private final JdbcOperations jdbc;
    private final PersonRepository people;
    private final PeopleRights rights;
    private final RoleRepository roles;
    private final Scopes scopes;
    private final Audit audit;
    private final Outbox outbox;
    private final Texts texts;
    private final Clock clock;
    private final String home;

    Delegations(
            JdbcOperations jdbc,
            PersonRepository people,
            PeopleRights rights,
            RoleRepository roles,
            Scopes scopes,
            Audit audit,
            Outbox outbox,
            Texts texts,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.jdbc = jdbc;
        this.people = people;
        this.rights = rights;
        this.roles = roles;
        this.scopes = scopes;
        this.audit = audit;
        this.outbox = outbox;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /** Those who stand in at this moment for a role of a body or area. */
    @Transactional(readOnly = true)
    public List<Standin> running(RoleName role, String scope) {
        return standins(" d.role_name = ? and r.scope = ? order by d.id", statement -> {
                    statement.setString(5, role.key());
                    statement.setString(6, scope);
                })
                .stream()
                .filter(Standin::runs)
                .toList();
    }

    /** Those who stand in at this moment for a role of any body or area. */
    @Transactional(readOnly = true)
    public List<Standin> running(RoleName role) {
        return standins(" d.role_name = ? order by d.id", statement -> statement.setString(5, role.key())).stream()
                .filter(Standin::runs)
                .toList();
    }

    /** For whom somebody stands in at this moment. */
    @Transactional(readOnly = true)
    public List<Standin> takenBy(long personId) {
        return of(personId).stream()
                .filter(standin -> standin.runs() && standin.deputyId() == personId)
                .toList();
    }

    /** What somebody gave or took: what runs or lies ahead, and what ended within a year. */
    @Transactional(readOnly = true)
    List<Standin> of(long personId) {
        return standins(
                " (d.person_id = ? or d.deputy_id = ?) and d.acts_until > ? order by d.acts_until desc, d.id",
                statement -> {
                    statement.setLong(5, personId);
                    statement.setLong(6, personId);
                    statement.setTimestamp(7, Timestamp.from(clock.instant().minus(365, ChronoUnit.DAYS)));
                });
    }

    /** The roles of somebody that a rule knows deputies for, each with those who can. */
    @Transactional(readOnly = true)
    List<DeputyChoice> choices(long personId) {
        return jdbc.prepareStatement("""
            select r.id, r.name, r.scope, u.most_days, own.id, own.person_id, p.pseudonym, own.name, own.scope
              from roles r join deputy_rules u on u.name = r.name
              left join roles own on own.name = u.deputy_name and own.person_id <> r.person_id
                                 and (own.scope = r.scope or not u.same_scope) and own.begins_at <= ? and own.acts_until > ?
              left join persons p on p.id = own.person_id
             where r.person_id = ? and r.begins_at <= ? and r.acts_until > ?
             order by r.id, p.pseudonym collate "und-x-icu", own.id\
            """, statement -> {
            var now = Timestamp.from(clock.instant());
            statement.setTimestamp(1, now);
            statement.setTimestamp(2, now);
            statement.setLong(3, personId);
            statement.setTimestamp(4, now);
            statement.setTimestamp(5, now);
            var byRole = new LinkedHashMap<Long, DeputyChoice>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var choice = new DeputyChoice(
                            rows.getLong(1),
                            rows.getString(2),
                            scopes.name(rows.getString(3)),
                            rows.getInt(4),
                            new ArrayList<>());
                    var known = byRole.computeIfAbsent(choice.roleId(), id -> choice);
                    if (rows.getObject(5) != null) {
                        known.deputies()
                                .add(new DeputyChoice.Deputy(
                                        rows.getLong(5),
                                        rows.getLong(6),
                                        rows.getString(7),
                                        rows.getString(8),
                                        scopes.name(rows.getString(9))));
                    }
                }
            }
            return List.copyOf(byRole.values());
        });
    }

    /** May they name a deputy, and if not, why. */
    @Transactional(readOnly = true)
    Optional<Refusal> refusal(Visitor visitor) {
        return rights.namingDeputy(visitor, !choices(visitor.personId()).isEmpty());
    }

    /** @return what the person can mend; empty when the deputy is named */
    @Transactional
    Problems name(Visitor visitor, DelegationForm form) {
        refusal(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        roles.lock();
        var problems = Problems.none();
        var choice = choices(visitor.personId()).stream()
                .filter(one -> form.deputy().startsWith(one.roleId() + "-"))
                .findFirst();
        var deputy = choice.flatMap(one -> one.deputies().stream()
                .filter(who -> DelegationForm.choice(one.roleId(), who.roleId()).equals(form.deputy()))
                .findFirst());
        if (deputy.isEmpty()) {
            problems.add("deputy", "people.problem.deputy");
        }
        var from = GrantForm.day(form.from());
        var to = GrantForm.day(form.to());
        checkDays(from, to, choice.map(DeputyChoice::mostDays).orElse(Integer.MAX_VALUE), problems);
        if (problems.isEmpty() && isAway(deputy.orElseThrow().personId(), from.orElseThrow(), to.orElseThrow())) {
            problems.add("deputy", "people.problem.deputy.away", deputy.get().pseudonym());
        }
        if (problems.isEmpty()) {
            insert(visitor, choice.orElseThrow(), deputy.orElseThrow(), from.orElseThrow(), to.orElseThrow())
                    .ifPresentOrElse(
                            id -> tell(id, visitor, choice.get(), deputy.get(), from.get(), to.get()),
                            () -> problems.add("from", "people.problem.deputy.taken"));
        }
        return problems;
    }

    /**
     * Ends a delegation at once: whoever gave it, whoever took it, and the administration.
     *
     * @return false where there is none of theirs that still runs or lies ahead
     */
    @Transactional
    boolean end(Visitor visitor, long id) {
        roles.lock();
        var mayAll = rights.administering(visitor).isEmpty();
        int ended = jdbc.prepareStatement(
                "update delegations set ended_at = ?, ended_by = ? where id = ? and acts_until > ? and acts_until >"
                        + " begins_at and (? or person_id = ? or deputy_id = ?)",
                statement -> {
                    var now = Timestamp.from(clock.instant());
                    statement.setTimestamp(1, now);
                    statement.setLong(2, visitor.personId());
                    statement.setLong(3, id);
                    statement.setTimestamp(4, now);
                    statement.setBoolean(5, mayAll);
                    statement.setLong(6, visitor.personId());
                    statement.setLong(7, visitor.personId());
                    return statement.executeUpdate();
                });
        if (ended == 1) {
            audit.record(visitor.personId(), "delegation.ending", "delegation:" + id, "");
        }
        return ended == 1;
    }

    private void checkDays(Optional<LocalDate> from, Optional<LocalDate> to, int most, Problems problems) {
        var today = LocalDate.now(clock);
        if (from.isEmpty()) {
            problems.add("from", "people.problem.day");
        } else if (from.get().isBefore(today)) {
            problems.add("from", "people.problem.past");
        }
        if (to.isEmpty()) {
            problems.add("to", "people.problem.day");
        } else if (to.get().isBefore(from.orElse(today))) {
            problems.add("to", "people.problem.order");
        } else if (from.orElse(today).plusDays(most).compareTo(to.get()) <= 0) {
            problems.add("to", "people.problem.deputy.long", most);
        }
    }

    private boolean isAway(long personId, LocalDate from, LocalDate to) {
        return jdbc.prepareStatement(
                "select from delegations where person_id = ? and begins_at < ? and acts_until > ?", statement -> {
                    statement.setLong(1, personId);
                    statement.setTimestamp(2, Timestamp.from(RoleRepository.begin(to.plusDays(1))));
                    statement.setTimestamp(3, Timestamp.from(RoleRepository.begin(from)));
                    try (var row = statement.executeQuery()) {
                        return row.next();
                    }
                });
    }

    private Optional<Long> insert(
            Visitor visitor, DeputyChoice choice, DeputyChoice.Deputy deputy, LocalDate from, LocalDate to) {
        return jdbc.prepareStatement(
                "insert into delegations (role_id, person_id, role_name, deputy_role_id, deputy_id, deputy_name,"
                        + " from_date, to_date, named_at, resumes_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, (select"
                        + " max(ended_at) from delegations where role_id = ? and ended_at > ? and ended_at <= ?)) on"
                        + " conflict do nothing returning id",
                statement -> {
                    statement.setLong(1, choice.roleId());
                    statement.setLong(2, visitor.personId());
                    statement.setString(3, choice.role());
                    statement.setLong(4, deputy.roleId());
                    statement.setLong(5, deputy.personId());
                    statement.setString(6, deputy.role());
                    statement.setDate(7, Date.valueOf(from));
                    statement.setDate(8, Date.valueOf(to));
                    statement.setTimestamp(9, Timestamp.from(clock.instant()));
                    statement.setLong(10, choice.roleId());
                    statement.setTimestamp(11, Timestamp.from(RoleRepository.begin(from)));
                    statement.setTimestamp(12, Timestamp.from(clock.instant()));
                    try (var row = statement.executeQuery()) {
                        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
                    }
                });
    }

    private void tell(
            long id, Visitor visitor, DeputyChoice choice, DeputyChoice.Deputy deputy, LocalDate from, LocalDate to) {
        audit.record(visitor.personId(), "delegation.naming", "delegation:" + id, "");
        people.findById(deputy.personId())
                .filter(person -> person.email() != null)
                .ifPresent(person -> outbox.post(
                        "delegation-" + id,
                        String.valueOf(person.email()),
                        texts.get(person.speaks(), "people.delegation.mail.subject"),
                        texts.get(
                                person.speaks(),
                                "people.delegation.mail.text",
                                deputy.pseudonym(),
                                visitor.pseudonym(),
                                RoleName.find(choice.role()).orElseThrow().title(),
                                choice.where().isEmpty() ? "" : ", " + choice.where(),
                                from,
                                to,
                                home + "/people/delegations")));
    }

    private List<Standin> standins(String where, Fill fill) {
        return jdbc.prepareStatement(STANDINS + where, statement -> {
            var now = Timestamp.from(clock.instant());
            for (int i = 1; i <= 4; i++) {
                statement.setTimestamp(i, now);
            }
            fill.into(statement);
            var found = new ArrayList<Standin>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(standin(rows));
                }
            }
            return found;
        });
    }

    private Standin standin(ResultSet row) throws SQLException {
        var scope = row.getString("scope");
        return new Standin(
                row.getLong("id"),
                row.getString("role_name"),
                scope,
                scopes.name(scope),
                row.getLong("person_id"),
                row.getString("person"),
                row.getLong("deputy_id"),
                row.getString("deputy"),
                row.getObject("from_date", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getBoolean("runs"));
    }

    @FunctionalInterface
    private interface Fill {
        void into(PreparedStatement statement) throws SQLException;
    }
}
