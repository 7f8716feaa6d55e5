package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.budgets.Ledger;
import motette.ideas.Story;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;
import motette.shared.Time;

/**
 * The mayor objects to a resolution within a week (SächsGemO § 52 (2)); the administration records it. Until it ends nothing follows
 * from the resolution; where it is annulled its money is free again, and the body can decide anew.
 */
@Singleton
class Objections {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 2000;

    private final Sql sql;
    private final Story story;
    private final Ledger ledger;
    private final Roles roles;
    private final SecondFactor secondFactor;
    private final Audit audit;
    private final Clock clock;

    Objections(Sql sql, Story story, Ledger ledger, Roles roles, SecondFactor secondFactor, Audit audit, Clock clock) {
        this.sql = sql;
        this.story = story;
        this.ledger = ledger;
        this.roles = roles;
        this.secondFactor = secondFactor;
        this.audit = audit;
        this.clock = clock;
    }

    /** A resolution that was made in a session or in writing. */
    @Transactional(readOnly = true)
    Optional<ResolutionView> find(String bodyKey, long id) {
        return sql.one(
                """
                select r.id, b.key, b.name, coalesce(i.session_id, 0), coalesce(i.secrecy, '') = '', coalesce(i.title, c.title), coalesce(r.idea_number, 0), coalesce(r.application_id, 0),
                       coalesce(r.budget_id, 0), coalesce(r.event_id, 0), r.kind, r.amount_cents, r.wording, r.reason, r.votes_yes, r.votes_no,
                       r.abstentions, r.seats, r.quorum, r.decided_on, o.at, coalesce(o.reason, ''), coalesce(e.outcome, ''),
                       coalesce(e.reason, ''), coalesce(c.id, 0)
                  from resolutions r left join agenda_items i on i.id = r.item_id left join council_sessions s on s.id = i.session_id
                  left join council_circulations c on c.id = r.circulation_id
                  join bodies b on b.key = coalesce(s.body_key, c.body_key)
                  left join resolution_objections o on o.resolution_id = r.id
                  left join resolution_objection_ends e on e.resolution_id = r.id
                 where r.id = ? and b.key = ?\
                """,
                row -> new ResolutionView(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(25),
                        row.getBoolean(5),
                        row.getString(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getString(11),
                        new Money(row.getLong(12)),
                        row.getString(13),
                        row.getString(14),
                        row.getInt(15),
                        row.getInt(16),
                        row.getInt(17),
                        row.getInt(18),
                        row.getInt(19),
                        row.getObject(20, LocalDate.class),
                        row.getTimestamp(21) == null
                                ? null
                                : row.getTimestamp(21).toInstant(),
                        row.getString(22),
                        row.getString(23),
                        row.getString(24)),
                id,
                bodyKey);
    }

    boolean isOffice(Visitor visitor) {
        return visitor.isSignedIn() && roles.holds(visitor.personId(), RoleName.OFFICER, "");
    }

    boolean isInTime(ResolutionView resolution) {
        return !LocalDate.now(clock.withZone(Time.ZONE)).isAfter(resolution.lastDay());
    }

    /** Once, with a reason. A form that comes again changes nothing. */
    @Transactional
    Problems object(Visitor visitor, ResolutionView seen, String reason) {
        var resolution = locked(visitor, seen);
        var problems = reason(reason);
        if (resolution.objectedAt() != null && !resolution.objection().equals(reason)) {
            throw no("objection.refusal.made", resolution);
        } else if (resolution.objectedAt() == null && !isInTime(resolution)) {
            throw no("objection.refusal.late", resolution, resolution.lastDay());
        } else if (problems.isEmpty() && resolution.objectedAt() == null) {
            sql.change(
                    "insert into resolution_objections (resolution_id, reason, at, by) values (?, ?, ?, ?)",
                    resolution.id(),
                    reason,
                    clock.instant(),
                    visitor.personId());
            tell("council.objection", visitor, resolution, reason);
        }
        return problems;
    }

    /** @param outcome lifted or annulled */
    @Transactional
    Problems end(Visitor visitor, ResolutionView seen, String outcome, String reason) {
        var resolution = locked(visitor, seen);
        var problems = reason(reason);
        if (!outcome.equals("lifted") && !outcome.equals("annulled")) {
            problems.add("outcome", "objection.problem.outcome");
        }
        if (resolution.objectedAt() == null) {
            throw no("objection.refusal.none", resolution);
        } else if (problems.isEmpty() && resolution.outcome().isEmpty()) {
            if (outcome.equals("annulled")) {
                undo(visitor, resolution, reason);
            }
            sql.change(
                    "insert into resolution_objection_ends (resolution_id, outcome, reason, at, by) values (?, ?, ?,"
                            + " ?, ?)",
                    resolution.id(),
                    outcome,
                    reason,
                    clock.instant(),
                    visitor.personId());
            tell("council.objection-end", visitor, resolution, reason);
        }
        return problems;
    }

    private void undo(Visitor visitor, ResolutionView resolution, String reason) {
        if (resolution.idea() != 0) {
            story.lock(resolution.idea());
        }
        if (!resolution.amount().isZero()) {
            ledger.release(
                            resolution.budgetId(),
                            resolution.amount(),
                            reason,
                            resolution.reference(),
                            visitor.personId())
                    .ifPresent(refusal -> {
                        throw no("objection.refusal.spent", resolution);
                    });
        }
        if (resolution.eventId() != 0) {
            story.takeBack(resolution.idea(), resolution.eventId(), visitor.personId(), resolution.bodyKey());
        }
    }

    private ResolutionView locked(Visitor visitor, ResolutionView seen) {
        if (!isOffice(visitor)) {
            throw new Denied(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "objection.refusal.office"));
        }
        secondFactor.demand(visitor);
        if (seen.sessionId() == 0) {
            sql.lockRow("council_circulations", seen.circulation());
        } else {
            sql.lockRow("council_sessions", seen.sessionId());
        }
        return find(seen.bodyKey(), seen.id()).orElseThrow();
    }

    private static Problems reason(String reason) {
        var problems = Problems.none();
        int length = SessionForm.length(reason);
        if (length < SHORTEST) {
            problems.add("reason", "objection.problem.reason");
        } else if (length > LONGEST) {
            problems.add("reason", "sessions.problem.reason.long", LONGEST);
        }
        return problems;
    }

    private void tell(String deed, Visitor visitor, ResolutionView resolution, String reason) {
        var open = resolution.isPublic();
        audit.record(Deed.of(
                        open ? deed : deed + "-closed",
                        open && resolution.idea() + resolution.application() != 0
                                ? resolution.reference()
                                : "body:" + resolution.bodyKey())
                .by(visitor.personId(), RoleName.OFFICER.key())
                .because(open ? reason : "")
                .with("resolution", resolution.id()));
    }

    private static Refused no(String why, ResolutionView resolution, Object... args) {
        return new Refused(Refusal.of(why, args).withWayOut(resolution.path(), "objection.see"));
    }
}
