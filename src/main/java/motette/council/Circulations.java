package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.budgets.BudgetView;
import motette.people.RoleName;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Time;
import motette.statements.Statements;

/**
 * Decisions without a session (Umlaufverfahren): a motion is accepted where no member objects (SächsGemO § 39 (1)); the first objection
 * ends it, in the database. Money is set aside when it is found to be adopted.
 */
@Singleton
class Circulations {

    private static final Set<String> ANSWERS = Set.of("agree", "object", "biased");

    private final CirculationRepository circulations;
    private final AgendaRepository agenda;
    private final RoomRepository rooms;
    private final CouncilRepository council;
    private final RoomResolutions resolutions;
    private final Statements statements;
    private final CirculationMails mails;
    private final CouncilRights rights;
    private final Audit audit;
    private final Clock clock;

    Circulations(
            CirculationRepository circulations,
            AgendaRepository agenda,
            RoomRepository rooms,
            CouncilRepository council,
            RoomResolutions resolutions,
            Statements statements,
            CirculationMails mails,
            CouncilRights rights,
            Audit audit,
            Clock clock) {
        this.circulations = circulations;
        this.agenda = agenda;
        this.rooms = rooms;
        this.council = council;
        this.resolutions = resolutions;
        this.statements = statements;
        this.mails = mails;
        this.rights = rights;
        this.audit = audit;
        this.clock = clock;
    }

    LocalDate today() {
        return LocalDate.now(clock.withZone(Time.ZONE));
    }

    /** What the body could be asked about. */
    @Transactional(readOnly = true)
    List<WaitingMatter> waiting(String bodyKey) {
        return agenda.waiting(bodyKey, today(), clock.instant());
    }

    /** What came of a form: the number of the circulation, or what is wrong. */
    record Started(long id, Problems problems) {}

    /** Asks the members. A form that comes again changes nothing. */
    @Transactional
    Started start(Visitor visitor, String bodyKey, CirculationForm form) {
        demand(visitor, bodyKey);
        var way = "/council/" + bodyKey + "/circulations";
        var request = form.request()
                .orElseThrow(
                        () -> new Refused(Refusal.of("council.refusal.form").withWayOut(way, "circulation.to-list")));
        circulations.lockBody(bodyKey);
        var known = circulations.started(request);
        if (known.isPresent()) {
            return new Started(known.get(), Problems.none());
        }
        var title = waiting(bodyKey).stream()
                .filter(each -> each.key().equals(form.matter()))
                .map(WaitingMatter::title)
                .findFirst();
        var matter = title.flatMap(found -> matter(bodyKey, form))
                .filter(found -> found.refused().isEmpty());
        var problems = form.problems(matter.map(Matter::asked).orElse(null), today());
        if (!problems.isEmpty()) {
            return new Started(0, problems);
        }
        var about = matter.orElseThrow();
        var budget = rooms.budget(bodyKey, about);
        var stated = statements.given(about.subject()).given();
        var sum = form.sum(about.asked());
        var lastDay = form.lastDay().orElseThrow();
        var procedure = council.procedure(bodyKey, about.year(), lastDay);
        if (procedure.isEmpty()) {
            problems.add("ends_on", "council.problem.day-rules", lastDay);
        } else if (isOutside(lastDay, procedure.get())) {
            problems.add(
                    "ends_on",
                    "council.problem.day-year",
                    procedure.get().firstDay(),
                    procedure.get().lastDay());
        } else if (circulations.runs(about)) {
            problems.add("matter", "circulation.problem.runs");
        } else if (budget.isEmpty()) {
            problems.add("matter", "circulation.problem.budget", String.valueOf(about.year()));
        } else if (budget.get().accounts().available() < sum.cents()) {
            problems.add(
                    "amount",
                    "room.refusal.money",
                    new Money(budget.get().accounts().available()),
                    sum);
        } else if (procedure.filter(rules -> rules.needsStatement(sum)).isPresent() && !stated) {
            problems.add("amount", "room.problem.statement", procedure.get().withoutStatement());
        }
        if (!problems.isEmpty()) {
            return new Started(0, problems);
        }
        long id = circulations.start(
                request,
                bodyKey,
                budget.map(BudgetView::id).orElseThrow(),
                about,
                title.orElseThrow(),
                form,
                stated,
                clock.instant(),
                visitor.personId());
        var circulation = circulations.find(bodyKey, id).orElseThrow();
        if (!circulation.isQuorate()) {
            throw new Refused(Refusal.of(
                            "circulation.refusal.quorum", circulation.members().size(), circulation.needed())
                    .withWayOut(way, "circulation.to-list"));
        }
        tell("council.circulation", visitor, circulation, form.simple());
        mails.ask(circulation, circulations.addresses(id));
        return new Started(id, problems);
    }

    private static boolean isOutside(LocalDate day, Procedure procedure) {
        return day.isBefore(procedure.firstDay()) || day.isAfter(procedure.lastDay());
    }

    private Optional<Matter> matter(String bodyKey, CirculationForm form) {
        return form.application()
                .map(application -> rooms.application(bodyKey, application))
                .or(() -> form.idea().map(idea -> rooms.idea(today().getYear(), idea)));
    }

    /** A member agrees, objects or is biased. The first objection ends it. The same again changes nothing. */
    @Transactional
    void answer(Visitor visitor, Circulation seen, String answer) {
        var circulation = locked(seen);
        var member = circulation
                .member(visitor.personId())
                .orElseThrow(() -> new Denied(
                        Refusal.of("circulation.refusal.member").withWayOut(seen.path(), "circulation.to-one")));
        if (member.answer().equals(answer)) {
            return;
        } else if (!ANSWERS.contains(answer)) {
            throw no("room.refusal.choice", circulation);
        } else if (!circulation.isRunning()) {
            throw no("circulation.refusal.ended", circulation);
        } else if (circulation.isOver(today())) {
            throw no("circulation.refusal.over", circulation, circulation.endsOn());
        } else if (!member.answer().isEmpty() && !member.answer().equals("agree")) {
            throw no("circulation.refusal.answered", circulation);
        }
        circulations.answer(seen.id(), visitor.personId(), answer, clock.instant());
        if (answer.equals("object")) {
            tell("council.circulation-failed", visitor, circulation, "");
            mails.tellOfEnd(circulation, "failed", circulations.addresses(seen.id()));
        }
    }

    /** Finds that nobody objected: it is resolved, and its money set aside, in the same moment. */
    @Transactional
    void adopt(Visitor visitor, Circulation seen) {
        demand(visitor, seen.bodyKey());
        var circulation = locked(seen);
        if (circulation.outcome().equals("adopted")) {
            return;
        } else if (!circulation.isRunning()) {
            throw no("circulation.refusal.ended", circulation);
        } else if (!circulation.isQuorate()) {
            throw no("circulation.refusal.quorum", circulation, circulation.taking(), circulation.needed());
        } else if (!circulation.isRipe(today())) {
            throw no("circulation.refusal.runs", circulation, circulation.endsOn());
        }
        var matter = circulation.application() != 0
                ? rooms.application(circulation.bodyKey(), circulation.application())
                : rooms.idea(circulation.startedAt().atZone(Time.ZONE).getYear(), circulation.idea());
        if (!matter.refused().isEmpty()) {
            throw no("room.refusal.matter." + matter.refused(), circulation);
        } else if (matter.version() != circulation.version()) {
            throw no("circulation.refusal.version", circulation);
        }
        var stated = statements.given(matter.subject()).given();
        var procedure = council.procedure(circulation.bodyKey(), matter.year(), today())
                .orElseThrow(() -> no("room.refusal.rules", circulation));
        if (isOutside(today(), procedure)) {
            throw no("council.problem.day-year", circulation, procedure.firstDay(), procedure.lastDay());
        } else if (procedure.needsStatement(circulation.amount()) && !stated) {
            throw no("room.problem.statement", circulation, procedure.withoutStatement());
        }
        circulations.end(circulation.id(), "adopted", "", clock.instant(), visitor.personId());
        resolutions.resolve(
                visitor,
                new RoomResolutions.Made(
                        circulation.bodyKey(),
                        matter,
                        0,
                        0,
                        circulation.id(),
                        circulation.kind(),
                        circulation.amount(),
                        circulation.wording(),
                        circulation.reason(),
                        new Vote((int) circulation.taking(), 0, 0),
                        circulation.seats(),
                        circulation.needed(),
                        procedure.withoutStatement(),
                        stated,
                        today(),
                        true,
                        circulation.path(),
                        "circulation.to-one"));
        mails.tellOfEnd(circulation, "adopted", circulations.addresses(seen.id()));
    }

    /** Takes it back, or ends what can no longer be adopted because too few may take part. */
    @Transactional
    Problems stop(Visitor visitor, Circulation seen, String reason) {
        demand(visitor, seen.bodyKey());
        var circulation = locked(seen);
        var problems = Problems.none();
        int length = SessionForm.length(reason);
        if (!circulation.isRunning() && !circulation.outcome().equals("stopped")) {
            throw no("circulation.refusal.ended", circulation);
        } else if (length < SHORTEST) {
            problems.add("reason", "circulation.problem.stop");
        } else if (length > LONGEST) {
            problems.add("reason", "sessions.problem.reason.long", LONGEST);
        } else if (circulation.isRunning()) {
            circulations.end(seen.id(), "stopped", reason, clock.instant(), visitor.personId());
            tell("council.circulation-stopped", visitor, circulation, reason);
            mails.tellOfEnd(circulation, "stopped", circulations.addresses(seen.id()));
        }
        return problems;
    }

    private static final int SHORTEST = 10;
    private static final int LONGEST = 1000;

    private Circulation locked(Circulation seen) {
        circulations.lock(seen.id());
        return circulations.find(seen.bodyKey(), seen.id()).orElseThrow();
    }

    private void demand(Visitor visitor, String bodyKey) {
        rights.counting(visitor, bodyKey).ifPresent(refusal -> {
            throw SecondFactor.isAllThatIsMissing(refusal) ? new Refused(refusal) : new Denied(refusal);
        });
    }

    private void tell(String deed, Visitor visitor, Circulation circulation, String reason) {
        audit.record(Deed.of(deed, circulation.reference())
                .by(
                        visitor.personId(),
                        deed.endsWith("-failed")
                                ? RoleName.COUNCILLOR.key() + ":" + circulation.bodyKey()
                                : rights.office(visitor, circulation.bodyKey()))
                .because(reason)
                .with("circulation", circulation.id()));
    }

    private static Refused no(String why, Circulation circulation, Object... args) {
        return new Refused(Refusal.of(why, args).withWayOut(circulation.path(), "circulation.to-one"));
    }
}
