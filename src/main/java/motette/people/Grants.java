package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import motette.audit.Audit;
import motette.shared.Denied;
import motette.shared.Message;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import org.jspecify.annotations.Nullable;

/** Gives roles and ends them. One follows the other, so that two administrators who act at once cannot both be the last to see a second one. */
@Singleton
class Grants {

    private final PeopleRights rights;
    private final RoleRepository roles;
    private final Scopes scopes;
    private final Audit audit;
    private final Clock clock;

    Grants(PeopleRights rights, RoleRepository roles, Scopes scopes, Audit audit, Clock clock) {
        this.rights = rights;
        this.roles = roles;
        this.scopes = scopes;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return what the administrator can mend; empty when the role is granted */
    @Transactional
    Problems grant(Visitor visitor, long personId, GrantForm form) {
        rights.granting(visitor, personId).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        var problems = form.problems(scopes, LocalDate.now(clock));
        if (problems.isEmpty()) {
            roles.lock();
            var name = RoleName.find(form.role()).orElseThrow();
            var from = GrantForm.day(form.from()).orElseThrow();
            var to = GrantForm.day(form.to()).orElse(null);
            conflict(roles.of(personId), name, from, to)
                    .or(() -> roles.isFull(personId, name, form.scope(), from, to)
                            ? Optional.of(Message.of("people.problem.full", scopes.name(form.scope())))
                            : Optional.empty())
                    .ifPresentOrElse(
                            why -> problems.add("role", why.key(), why.args().toArray()),
                            () -> roles.insert(
                                            personId, name, form.scope(), from, to, visitor.personId(), form.reason())
                                    .ifPresentOrElse(
                                            id -> audit.record(
                                                    visitor.personId(), "role.grant", subject(id), form.reason()),
                                            () -> problems.add("from", "people.problem.held", name.title())));
        }
        return problems;
    }

    /**
     * Ends a role at once or after a day.
     *
     * @return what the administrator can mend; empty when it is ended
     */
    @Transactional
    Problems end(Visitor visitor, long roleId, EndingForm form) {
        rights.administering(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        var problems = form.problems(LocalDate.now(clock));
        if (problems.isEmpty()) {
            roles.lock();
            var term = roles.find(roleId).orElseThrow();
            var moment = GrantForm.day(form.lastDay())
                    .map(day -> RoleRepository.begin(day.plusDays(1)))
                    .orElse(clock.instant());
            refusal(term, moment).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
            roles.end(roleId, moment, visitor.personId(), form.reason());
            audit.record(visitor.personId(), "role.ending", subject(roleId), form.reason());
        }
        return problems;
    }

    /** Why this role cannot be ended at that moment. The page asks it for now. */
    @Transactional(readOnly = true)
    Optional<Refusal> refusal(RoleTerm term, Instant moment) {
        var back = "/people/" + term.personId();
        if (term.isOver(moment) || term.isVoid()) {
            return Optional.of(Refusal.of("people.refusal.already-over").withWayOut(back, "people.to-person"));
        } else if (term.name() == RoleName.ADMINISTRATOR && roles.otherAdministrators(term.personId(), moment) == 0) {
            return Optional.of(Refusal.of("people.refusal.last-administrator").withWayOut(back, "people.to-person"));
        } else {
            return Optional.empty();
        }
    }

    /** The sentence that forbids a role beside those somebody holds in that time. */
    Optional<Message> conflict(List<RoleTerm> held, RoleName name, LocalDate from, @Nullable LocalDate to) {
        var since = RoleRepository.begin(from);
        var until = to == null ? null : RoleRepository.begin(to.plusDays(1));
        return roles.conflicts().stream()
                .flatMap(rule -> held.stream()
                        .filter(term ->
                                rule.concerns(name, term.name()) && term.overlaps(since, until) && !term.isVoid())
                        .map(term -> Message.of(
                                "people.conflict." + rule.why(),
                                name.title(),
                                term.name().title())))
                .findFirst();
    }

    static String subject(long roleId) {
        return "role:" + roleId;
    }
}
