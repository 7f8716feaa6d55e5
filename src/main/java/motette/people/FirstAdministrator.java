package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import motette.audit.Audit;
import motette.shared.Message;

/** Makes the first administrator, or a further one where nobody else can; asked by the command, never by a page. */
@Singleton
public class FirstAdministrator {

    private final RoleRepository roles;
    private final Persons people;
    private final Profiles profiles;
    private final Grants grants;
    private final Audit audit;
    private final Clock clock;

    FirstAdministrator(
            RoleRepository roles, Persons people, Profiles profiles, Grants grants, Audit audit, Clock clock) {
        this.roles = roles;
        this.people = people;
        this.profiles = profiles;
        this.grants = grants;
        this.audit = audit;
        this.clock = clock;
    }

    /** How it went. */
    public sealed interface Outcome {

        /** @param personId who administers from now on */
        record Made(long personId, String pseudonym) implements Outcome {}

        /** They administer already; nothing was changed. */
        record Already(long personId, String pseudonym) implements Outcome {}

        /** Somebody else administers, and no reason for a further one was given. */
        record OthersThere(int count) implements Outcome {}

        /** @param why what is wrong with the address, the name or their other roles */
        record Wrong(Message why) implements Outcome {}
    }

    /**
     * @param typed  the address that they will sign in with
     * @param name   what the public reads where they are new
     * @param reason why a further one is needed; empty for the first
     */
    @Transactional
    public Outcome make(String typed, String name, String reason) {
        roles.lock();
        var address = EmailAddress.of(typed);
        var problems = profiles.problems(name);
        if (address.isEmpty()) {
            return new Outcome.Wrong(Message.of("people.problem.search.email"));
        } else if (!problems.isEmpty()) {
            return new Outcome.Wrong(problems.list().getFirst().getValue());
        }
        var others = roles.otherAdministrators(0, clock.instant());
        var known = people.findByEmail(address.get());
        var already = known.filter(person -> roles.of(person.id()).stream()
                .anyMatch(term -> term.name() == RoleName.ADMINISTRATOR && term.acts(clock.instant())));
        if (already.isPresent()) {
            return new Outcome.Already(already.get().id(), already.get().pseudonym());
        } else if (others > 0 && reason.isBlank()) {
            return new Outcome.OthersThere(others);
        } else {
            return grant(
                    people.enrol(address.get(), Profiles.clean(name)), others == 0 ? "first administrator" : reason);
        }
    }

    private Outcome grant(Person person, String reason) {
        var today = LocalDate.now(clock);
        var conflict = grants.conflict(roles.of(person.id()), RoleName.ADMINISTRATOR, today, null);
        if (conflict.isPresent()) {
            return new Outcome.Wrong(conflict.get());
        } else {
            return roles.insert(person.id(), RoleName.ADMINISTRATOR, "", today, null, 0, reason)
                    .<Outcome>map(id -> {
                        audit.record(0, "role.grant", Grants.subject(id), reason);
                        return new Outcome.Made(person.id(), person.pseudonym());
                    })
                    .orElseGet(
                            () -> new Outcome.Wrong(Message.of("people.problem.held", RoleName.ADMINISTRATOR.title())));
        }
    }
}
