package motette.council;

import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import motette.mail.Outbox;
import motette.shared.Texts;

/** Asks members in writing, and tells them how it ended; never who objected. */
@Singleton
class CirculationMails {

    private final Outbox outbox;
    private final Texts texts;
    private final String home;

    CirculationMails(Outbox outbox, Texts texts, @Value("${motette.base-url}") String home) {
        this.outbox = outbox;
        this.texts = texts;
        this.home = home.replaceFirst("/+$", "");
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void ask(Circulation circulation, List<Member> members) {
        post(
                circulation,
                "asked",
                members,
                member -> texts.get(
                        member.language(),
                        "circulation.mail.asked",
                        circulation.bodyName(),
                        circulation.title(),
                        circulation.amount(),
                        circulation.endsOn(),
                        home + circulation.path()));
    }

    /** @param outcome adopted, failed or stopped */
    @Transactional(propagation = Propagation.MANDATORY)
    void tellOfEnd(Circulation circulation, String outcome, List<Member> members) {
        post(
                circulation,
                outcome,
                members,
                member -> texts.get(
                        member.language(),
                        "circulation.mail.ended",
                        circulation.bodyName(),
                        circulation.title(),
                        texts.get(member.language(), "circulation.outcome." + outcome),
                        home + circulation.path()));
    }

    private void post(Circulation circulation, String what, List<Member> members, Function<Member, String> body) {
        outbox.postAll(
                "circulation-" + circulation.id() + "-" + what,
                members.stream()
                        .filter(Member::hasEmail)
                        .map(member -> new Outbox.Letter(
                                member.email(),
                                texts.get(
                                        member.language(),
                                        "circulation.mail.subject." + (what.equals("asked") ? "asked" : "ended"),
                                        circulation.title()),
                                body.apply(member),
                                ""))
                        .toList());
    }
}
