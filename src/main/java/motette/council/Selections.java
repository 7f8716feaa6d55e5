package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.allocation.Proposals;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Languages;
import motette.shared.Message;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Texts;

/**
 * A selection becomes a list of motions: when an item is called, its motion is there, and can be changed like any other. Money is set
 * aside by the vote alone.
 */
@Singleton
class Selections {

    private static final int SHORTEST_REASON = 10;

    private final SelectionRepository selections;
    private final Selectables selectables;
    private final RoomRepository rooms;
    private final SessionRepository sessions;
    private final AgendaRepository agenda;
    private final Proposals proposals;
    private final CouncilRights rights;
    private final Audit audit;
    private final Texts texts;
    private final Clock clock;

    Selections(
            SelectionRepository selections,
            Selectables selectables,
            RoomRepository rooms,
            SessionRepository sessions,
            AgendaRepository agenda,
            Proposals proposals,
            CouncilRights rights,
            Audit audit,
            Texts texts,
            Clock clock) {
        this.selections = selections;
        this.selectables = selectables;
        this.rooms = rooms;
        this.sessions = sessions;
        this.agenda = agenda;
        this.proposals = proposals;
        this.rights = rights;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    /** Why nothing can be selected now; the page says it, the deed refuses with it. */
    @Transactional(readOnly = true)
    Optional<Refusal> whyNot(CouncilSession session) {
        if (session.isCancelled()) {
            return Optional.of(refusal("sessions.refusal.cancelled", session));
        } else if (agenda.invitation(session.id()).isEmpty()) {
            return Optional.of(refusal("selection.refusal.not-invited", session));
        } else if (rooms.isClosed(session.id())) {
            return Optional.of(refusal("room.refusal.closed", session));
        } else {
            return Optional.empty();
        }
    }

    /** Saves what is typed, after a proposal where one is taken over, as a list of motions where that is asked. */
    @Transactional
    Problems save(Visitor visitor, CouncilSession planned, SelectionForm form) {
        rights.counting(visitor, planned.bodyKey()).ifPresent(refusal -> {
            throw SecondFactor.isAllThatIsMissing(refusal) ? new Refused(refusal) : new Denied(refusal);
        });
        agenda.lock(planned.id());
        var session = sessions.find(planned.bodyKey(), planned.id()).orElseThrow();
        whyNot(session).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        var request = form.request().orElseThrow(() -> new Refused(refusal("council.refusal.form", session)));
        if (selections.isSaved(request)) {
            return Problems.none();
        }
        var all = selectables.of(session, Languages.standard());
        var latest = selections.latest(session.id());
        var problems = Problems.none();
        if (form.version() != latest.version()) {
            return problems.add("version", "selection.problem.version");
        }
        var fresh = form.taken().isPresent()
                ? taken(visitor, session, form, all, latest, form.taken().get())
                : typed(form, all, latest, problems);
        if (problems.isEmpty()) {
            selections.save(request, session.id(), fresh, all.available(), clock.instant(), visitor.personId());
            if (fresh.moved()) {
                audit.record(Deed.of("council.selection", "body:" + session.bodyKey())
                        .by(visitor.personId(), rights.office(visitor, session.bodyKey()))
                        .with("session", session.id())
                        .with("cents", sum(fresh).cents())
                        .with("basis", fresh.basis()));
            }
        }
        return problems;
    }

    /** What is not about an idea stays as it is typed; a proposal says nothing of it. */
    private Selection taken(
            Visitor visitor,
            CouncilSession session,
            SelectionForm form,
            Selectables.All all,
            Selection latest,
            String key) {
        var funded = all.proposed(key).orElseThrow(() -> new Refused(refusal("selection.refusal.proposal", session)));
        var run = Proposals.KEYS.contains(key)
                ? proposals.keep(visitor, session.bodyKey(), session.day().getYear(), all.ideas(), key)
                : Optional.<Long>empty();
        var lines = new LinkedHashMap<Long, Selection.Line>();
        for (var row : all.rows()) {
            var typed = form.line(row.item().id());
            var proposed = row.number() != 0 && funded.contains(row.number());
            var chosen = row.number() == 0 ? typed.chosen() : proposed;
            lines.put(
                    row.item().id(),
                    new Selection.Line(
                            row.item().id(),
                            chosen,
                            row.cost(),
                            chosen ? row.cost() : Money.ZERO,
                            proposed,
                            shortened(typed.reason())));
        }
        return new Selection(latest.version() + 1, key, run.orElse(null), false, Map.copyOf(lines), null);
    }

    private static String shortened(String reason) {
        return reason.codePointCount(0, reason.length()) > SelectionForm.LONGEST_REASON ? "" : reason;
    }

    private static Selection typed(SelectionForm form, Selectables.All all, Selection latest, Problems problems) {
        var lines = new LinkedHashMap<Long, Selection.Line>();
        for (var row : all.rows()) {
            var known = latest.lines().get(row.item().id());
            var line = line(row, form.line(row.item().id()), known != null && known.proposed(), problems);
            lines.put(line.item(), line);
            if (form.moves()) {
                movable(row, line, all, problems);
            }
        }
        var selection = new Selection(
                latest.version() + 1, latest.basis(), latest.run(), form.moves(), Map.copyOf(lines), null);
        if (form.moves() && problems.isEmpty()) {
            var sum = sum(selection);
            if (sum.isZero()) {
                problems.add("sum", "selection.problem.none");
            } else if (sum.compareTo(all.available()) > 0) {
                problems.add("sum", "selection.problem.money", sum, all.available(), sum.minus(all.available()));
            }
        }
        return selection;
    }

    private static Selection.Line line(Selectable row, SelectionForm.Typed typed, boolean proposed, Problems problems) {
        long item = row.item().id();
        var amount = typed.amount().isEmpty() ? Optional.of(row.cost()) : Money.parse(typed.amount());
        int length = SessionForm.length(typed.reason());
        if (typed.chosen() && amount.isEmpty()) {
            problems.add("amount-" + item, "council.problem.amount");
        } else if (typed.chosen() && !row.cost().isZero() && amount.get().compareTo(row.cost()) > 0) {
            problems.add("amount-" + item, "selection.problem.amount", row.cost());
        }
        if (length > SelectionForm.LONGEST_REASON) {
            problems.add("reason-" + item, "council.problem.reason-long", length - SelectionForm.LONGEST_REASON);
        }
        return new Selection.Line(
                item,
                typed.chosen(),
                row.cost(),
                typed.chosen() ? amount.orElse(Money.ZERO) : Money.ZERO,
                proposed,
                typed.reason());
    }

    /** What a list of motions needs of each. */
    private static void movable(Selectable row, Selection.Line line, Selectables.All all, Problems problems) {
        if (line.chosen() && line.amount().isZero()) {
            if (!problems.has("amount-" + line.item())) {
                problems.add("amount-" + line.item(), "council.problem.amount");
            }
        } else if (line.chosen() && !row.given() && line.amount().compareTo(all.withoutStatement()) > 0) {
            problems.add(
                    "amount-" + line.item(),
                    "selection.problem.statement",
                    row.item().title(),
                    all.withoutStatement());
        }
        if (line.differs() && SessionForm.length(line.reason()) < SHORTEST_REASON) {
            problems.add(
                    "reason-" + line.item(),
                    line.proposed() ? "selection.problem.why-not" : "selection.problem.why",
                    row.item().title());
        }
    }

    static Money sum(Selection selection) {
        return selection.lines().values().stream().map(Selection.Line::amount).reduce(Money.ZERO, Money::plus);
    }

    /** What the list of motions says of an item; empty where there is none, or it is not on it. */
    @Transactional(readOnly = true)
    Optional<Selection.Line> line(CouncilSession session, long itemId) {
        return Optional.ofNullable(selections.moved(session.id()).lines().get(itemId));
    }

    /** The motion of an item as the list has it, worded in the language of the procedure; empty where it is not chosen. */
    @Transactional(readOnly = true)
    Optional<MotionForm> motion(CouncilSession session, RoomItem item) {
        var moved = selections.moved(session.id());
        return Optional.ofNullable(moved.lines().get(item.id()))
                .filter(Selection.Line::chosen)
                .map(line -> new MotionForm(
                        UUID.randomUUID().toString(),
                        line.kind(),
                        line.amount().typed(),
                        said(Message.of("selection.motion", line.amount(), item.title())),
                        SessionForm.length(line.reason()) >= SHORTEST_REASON
                                ? line.reason()
                                : said(Message.of("selection.motion.reason." + moved.basis()))));
    }

    private String said(Message message) {
        return texts.get(Languages.standard(), message);
    }

    private static Refusal refusal(String why, CouncilSession session) {
        return Refusal.of(why).withWayOut(session.path(), "agenda.to-session");
    }
}
