package motette.bodies;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;

/** Records what is so of a body from a day on. Nothing that was recorded is overwritten; a form that comes again changes nothing. */
@Singleton
class BodyAdministration {

    private final BodyRights rights;
    private final BodyRepository repository;
    private final Rules rules;
    private final Audit audit;
    private final Clock clock;

    BodyAdministration(BodyRights rights, BodyRepository repository, Rules rules, Audit audit, Clock clock) {
        this.rights = rights;
        this.repository = repository;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return what the administrator can mend; empty when the term is recorded */
    @Transactional
    Problems recordTerm(Visitor visitor, Body body, TermForm form) {
        demand(visitor);
        var request = request(body, form.requestId());
        var problems = form.problems();
        repository.lock(body.key());
        if (problems.isEmpty() && !repository.isRecorded("body_terms", request)) {
            var term = form.term();
            if (repository.overlaps(body.key(), term.from(), term.to())) {
                problems.add("term_from", "bodies.problem.overlap");
            } else if (repository.highestSeat(body.key(), term.from(), term.to()) > term.seats()) {
                problems.add(
                        "seats",
                        "bodies.problem.seats-held",
                        repository.highestSeat(body.key(), term.from(), term.to()));
            } else if (!term.chairVotes() && repository.chairSits(body.key(), term.from(), term.to())) {
                problems.add("chair_votes", "bodies.problem.chair-sits");
            } else {
                repository.endOpenTerm(body.key(), term.from().minusDays(1));
                repository.insert(body.key(), term, request, visitor.personId(), clock.instant());
                audit.record(deed("body.term", visitor, body)
                        .because(term.source())
                        .with("from", term.from().toString())
                        .with("seats", term.seats()));
            }
        }
        return problems;
    }

    /** @return what the administrator can mend; empty when the place is recorded */
    @Transactional
    Problems recordPlace(Visitor visitor, Body body, PlaceForm form) {
        demand(visitor);
        var request = request(body, form.requestId());
        var problems = form.problems(LocalDate.now(clock));
        repository.lock(body.key());
        if (problems.isEmpty() && !repository.isRecorded("meeting_places", request)) {
            var place = form.place();
            repository.insert(body.key(), place, request, visitor.personId(), clock.instant());
            audit.record(deed("body.place", visitor, body)
                    .because(place.source())
                    .with("from", place.validFrom().toString()));
        }
        return problems;
    }

    /** @return what the administrator can mend; empty when the label is recorded */
    @Transactional
    Problems recordLabel(Visitor visitor, Body body, LabelForm form) {
        demand(visitor);
        var request = request(body, form.requestId());
        var problems = form.problems(LocalDate.now(clock), body.seats());
        repository.lock(body.key());
        if (problems.isEmpty() && !repository.isRecorded("seat_label_versions", request)) {
            repository.insert(body.key(), form, request, visitor.personId(), clock.instant());
            audit.record(deed("body.seat-label", visitor, body)
                    .because(form.source())
                    .with("seat", form.number())
                    .with("from", form.from()));
        }
        return problems;
    }

    /** @return what the administrator can mend; empty when the version is recorded */
    @Transactional
    Problems recordRules(Visitor visitor, Body body, RulesForm form) {
        demand(visitor);
        var request = request(body, form.requestId());
        var problems = form.problems(LocalDate.now(clock), body.seats());
        if (problems.isEmpty()) {
            var version = form.rules();
            if (rules.insert(body, version, form.reason(), request, visitor.personId(), clock.instant())) {
                audit.record(deed("body.rules", visitor, body)
                        .because(form.reason())
                        .with("from", version.validFrom().toString()));
            }
        }
        return problems;
    }

    private void demand(Visitor visitor) {
        rights.administering(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }

    private static UUID request(Body body, String typed) {
        return Typed.request(typed)
                .orElseThrow(() -> new Refused(Refusal.of("bodies.refusal.form")
                        .withWayOut("/bodies/" + body.key() + "/administration", "bodies.to-administration")));
    }

    private static Deed deed(String name, Visitor visitor, Body body) {
        return Deed.of(name, "body:" + body.key()).by(visitor.personId(), RoleName.ADMINISTRATOR.key());
    }
}
