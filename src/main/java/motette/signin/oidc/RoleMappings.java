package motette.signin.oidc;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import motette.audit.Audit;
import motette.people.MappedRoles;
import motette.people.PeopleRights;
import motette.people.RoleName;
import motette.people.RoleScope;
import motette.people.RoleScopes;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Languages;
import motette.shared.Problems;
import motette.shared.Texts;

/**
 * The only way in which a word from outside changes what somebody may do: a mapping that an administrator wrote, with a reason. A
 * mapping gives a role for some days after each sign-in that shows the word, and takes back what it gave when the word is gone;
 * roles given by hand it never touches.
 */
@Singleton
class RoleMappings {

    private final RoleMappingRepository mappings;
    private final MappedRoles given;
    private final PeopleRights rights;
    private final Texts texts;
    private final Providers providers;
    private final List<RoleScopes> scopes;
    private final Audit audit;
    private final Clock clock;

    RoleMappings(
            RoleMappingRepository mappings,
            MappedRoles given,
            PeopleRights rights,
            Texts texts,
            Providers providers,
            List<RoleScopes> scopes,
            Audit audit,
            Clock clock) {
        this.mappings = mappings;
        this.given = given;
        this.rights = rights;
        this.texts = texts;
        this.providers = providers;
        this.scopes = scopes;
        this.audit = audit;
        this.clock = clock;
    }

    /** Areas and bodies that a role can act on. */
    List<RoleScope> scopes() {
        return scopes.stream()
                .map(RoleScopes::roleScopes)
                .flatMap(Collection::stream)
                .toList();
    }

    /** @return what the administrator can mend; empty when it is written */
    @Transactional
    public Problems write(Visitor visitor, MappingForm form) {
        demand(visitor);
        var problems = form.problems(providers, scopes(), today());
        if (problems.isEmpty()) {
            var written = mappings.insertNew(
                    form.provider(),
                    form.claim(),
                    form.value(),
                    form.roleName().key(),
                    form.scope(),
                    Integer.parseInt(form.days()),
                    form.firstDay().orElseThrow(),
                    form.lastDay().orElse(null),
                    clock.instant(),
                    visitor.personId(),
                    form.reason());
            if (written == 0) {
                problems.add("value", "mappings.problem.twice");
            } else {
                mappings.running(
                                form.provider(),
                                form.claim(),
                                form.value(),
                                form.roleName().key(),
                                form.scope())
                        .forEach(id ->
                                audit.record(visitor.personId(), "role-mapping.writing", subject(id), form.reason()));
            }
        }
        return problems;
    }

    /**
     * Ends a mapping, and at once every role that it gave.
     *
     * @return what the administrator can mend; empty when it is ended, or was before
     */
    @Transactional
    public Problems end(Visitor visitor, long id, String reason) {
        demand(visitor);
        var problems = Problems.none();
        MappingForm.reason(reason, problems);
        if (problems.isEmpty()) {
            mappings.lock(id).filter(mapping -> mapping.endedAt() == null).ifPresent(mapping -> {
                mappings.end(id, clock.instant(), visitor.personId(), reason);
                audit.record(visitor.personId(), "role-mapping.ending", subject(id), reason);
                given.runningBy(id).forEach(held -> take(visitor.personId(), held, reason));
            });
        }
        return problems;
    }

    /**
     * Gives and takes what the claims of a sign-in say.
     *
     * @return whether a role was given or taken
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean apply(long personId, String provider, Claims claims) {
        var today = today();
        var running = mappings.runningOf(provider);
        var shown = running.stream()
                .filter(mapping ->
                        mapping.gives(today) && claims.all(mapping.claim()).contains(mapping.value()))
                .toList();
        boolean changed = takeOthers(personId, provider, shown);
        for (var mapping : shown) {
            changed |= give(personId, mapping, today);
        }
        return changed;
    }

    /** Takes what the mappings of a provider gave to somebody who is no longer linked to it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdraw(long personId, String provider) {
        takeOthers(personId, provider, List.of());
    }

    private boolean takeOthers(long personId, String provider, List<RoleMapping> shown) {
        var ours = new HashSet<Long>();
        mappings.everOf(provider).forEach(mapping -> ours.add(mapping.id()));
        var kept = shown.stream().map(RoleMapping::id).collect(Collectors.toSet());
        var gone = given.running(personId).stream()
                .filter(held -> ours.contains(held.mappingId()) && !kept.contains(held.mappingId()))
                .toList();
        gone.forEach(held -> take(0, held, texts.get(Languages.standard(), "mappings.claim-gone")));
        return !gone.isEmpty();
    }

    /** A role that runs is prolonged once half of its days are over, so that not every sign-in writes. */
    private boolean give(long personId, RoleMapping mapping, LocalDate today) {
        var last = mapping.lastDay(today);
        var held = given.running(personId).stream()
                .filter(one -> one.mappingId() == mapping.id())
                .findFirst();
        if (held.isEmpty()) {
            var name = RoleName.find(mapping.role()).orElseThrow();
            var role = given.grant(
                    personId, name, mapping.scope(), last, mapping.id(), mapping.writtenBy(), mapping.reason());
            if (role != 0) {
                audit.record(0, "role.grant-by-mapping", "role:" + role, mapping.reason());
            }
            return role != 0;
        } else {
            if (held.get().lastDay().isBefore(today.plusDays(mapping.days() / 2))
                    && held.get().lastDay().isBefore(last)
                    && given.prolong(held.get().roleId(), last)) {
                audit.record(
                        0, "role.prolonging-by-mapping", "role:" + held.get().roleId(), mapping.reason());
            }
            return false;
        }
    }

    /** @param by who ended the mapping; 0 where the claim is gone */
    private void take(long by, MappedRoles.Held held, String why) {
        given.end(held.roleId(), by, why);
        audit.record(by, "role.ending-by-mapping", "role:" + held.roleId(), why);
    }

    private void demand(Visitor visitor) {
        rights.administering(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static String subject(long id) {
        return "role-mapping:" + id;
    }
}
