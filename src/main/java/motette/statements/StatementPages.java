package motette.statements;

import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/** Puts together what the templates print. */
@Singleton
class StatementPages {

    private final StatementRepository statements;
    private final Statements standing;
    private final StatementRights rights;
    private final Appeals appeals;
    private final Offices offices;
    private final Clock clock;

    StatementPages(
            StatementRepository statements,
            Statements standing,
            StatementRights rights,
            Appeals appeals,
            Offices offices,
            Clock clock) {
        this.statements = statements;
        this.standing = standing;
        this.rights = rights;
        this.appeals = appeals;
        this.offices = offices;
        this.clock = clock;
    }

    /** The subject, where the reader may know of it. */
    @Connectable
    Optional<Matter> matter(Visitor visitor, Subject subject) {
        return statements.matter(subject).filter(matter -> rights.sees(visitor, matter));
    }

    /** What a form sent that comes back with its page. */
    record Typed(@Nullable AskForm ask, Map<String, String> sent, Problems problems, String said) {

        static Typed nothing(String said) {
            return new Typed(null, Map.of(), Problems.none(), said);
        }

        String get(String field) {
            return Sent.text(sent, field);
        }
    }

    @Connectable
    FilePage file(Visitor visitor, Matter matter, Typed typed) {
        var today = LocalDate.now(clock.withZone(Time.ZONE));
        var file = statements.file(matter.subject());
        var requests = file.map(statements::requests).orElse(List.of());
        var answers = file.map(statements::answers).orElse(List.of());
        var appeal = file.flatMap(statements::appeal);
        var officer = rights.isOfficer(visitor);
        var author = visitor.isSignedIn() && matter.authorId() == visitor.personId();
        var mine = officer ? offices.of(visitor.personId()) : List.<String>of();
        var given = file.isEmpty() ? Given.nothing(matter.subject()) : standing.given(matter.subject());
        var rules = statements.rules(matter.bodyKey(), today);
        var openAppeal = appeal.filter(Appeal::isOpen);
        var hindered = officer
                ? openAppeal.flatMap(open -> rights.deciding(visitor, open, answers))
                : Optional.<Refusal>empty();
        return new FilePage(
                matter,
                given,
                given.state(today),
                today,
                blocks(requests, answers, mine, matter, today),
                file.flatMap(statements::skipReason).orElse(""),
                appeal.orElse(null),
                author,
                author && appeal.isEmpty()
                        ? appeals.until(matter, requests, answers).orElse(null)
                        : null,
                officer,
                officer && matter.isOpen()
                        ? typed.ask() == null ? AskForm.fresh(rules.answerDays()) : typed.ask()
                        : null,
                offices.all(),
                officer && matter.isOpen() && requests.isEmpty() && !given.skipped() && standing.isSkippable(matter),
                standing.threshold(matter),
                officer && openAppeal.isPresent() && hindered.isEmpty(),
                hindered.orElse(null),
                rules.answerDays(),
                rules.isDefault(),
                typed.get("skip-reason"),
                typed.get("appeal"),
                typed.get("outcome"),
                typed.get("decision"),
                typed.said(),
                typed.problems());
    }

    private static List<FilePage.Block> blocks(
            List<Request> requests, List<Answer> answers, List<String> mine, Matter matter, LocalDate today) {
        var byRequest = answers.stream().collect(Collectors.groupingBy(Answer::requestId));
        return requests.stream()
                .map(request -> {
                    var said = byRequest.getOrDefault(request.id(), List.of());
                    return new FilePage.Block(
                            request,
                            said.isEmpty() ? null : said.getFirst(),
                            said.isEmpty() ? List.of() : said.subList(1, said.size()),
                            request.isOverdue(today),
                            matter.isOpen()
                                    && (request.isOpen() || request.isAnswered())
                                    && mine.contains(request.officeKey()));
                })
                .toList();
    }

    @Connectable
    RequestPage request(
            Visitor visitor,
            StatementRepository.Found found,
            Matter matter,
            @Nullable AnswerForm form,
            Map<String, String> sent,
            Problems problems) {
        var request = found.request();
        var answer = statements.answers(request.fileId()).stream()
                .filter(one -> one.requestId() == request.id())
                .findFirst();
        return new RequestPage(
                request,
                matter,
                request.isOverdue(LocalDate.now(clock.withZone(Time.ZONE))),
                answer.orElse(null),
                matter.isOpen() && (request.isOpen() || request.isAnswered()),
                rights.working(visitor, request).orElse(null),
                form != null ? form : answer.map(AnswerForm::from).orElseGet(AnswerForm::fresh),
                offices.all().stream()
                        .filter(office -> !office.key().equals(request.officeKey()))
                        .toList(),
                Sent.text(sent, "to"),
                Sent.text(sent, "forward-comment"),
                Sent.text(sent, "return-comment"),
                problems);
    }

    @Connectable
    DeskPage desk(Visitor visitor, String office, String state) {
        var today = LocalDate.now(clock.withZone(Time.ZONE));
        var all = offices.all();
        var wanted = all.stream().anyMatch(one -> one.key().equals(office)) ? office : "";
        var shown = DeskPage.STATES.contains(state) ? state : Request.OPEN;
        return new DeskPage(
                statements.desk(wanted, shown).stream()
                        .map(row -> DeskPage.Row.of(row, today))
                        .toList(),
                statements.appealed(),
                statements.unasked(),
                all,
                offices.of(visitor.personId()),
                wanted,
                shown);
    }

    @Connectable
    OverduePage overdue() {
        var today = LocalDate.now(clock.withZone(Time.ZONE));
        return new OverduePage(today, statements.overdue(today));
    }

    @Connectable
    OfficesPage offices(String said, Problems problems) {
        return new OfficesPage(offices.all(), offices.assigned(), offices.officers(), said, problems);
    }
}
