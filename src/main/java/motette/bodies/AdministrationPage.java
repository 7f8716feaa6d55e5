package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import motette.people.Member;
import motette.shared.Message;
import motette.shared.Problems;

/**
 * What an administrator records about a body. Of the five forms one came back with problems at most.
 *
 * @param opened which form came back: term, place, rules, seat, label; empty for none
 * @param said   what was just recorded; empty for nothing
 */
@Introspected
record AdministrationPage(
        Body body,
        LocalDate today,
        List<Term> terms,
        List<MeetingPlace> places,
        List<Rules.Version> rules,
        List<Member> members,
        Map<Integer, String> labels,
        TermForm term,
        PlaceForm place,
        RulesForm rule,
        SeatForm seat,
        LabelForm label,
        Problems problems,
        String opened,
        String said) {

    List<Integer> seats() {
        return IntStream.rangeClosed(1, body.seats()).boxed().toList();
    }

    List<String> shares() {
        return RulesForm.SHARES;
    }

    List<String> majorities() {
        return RulesForm.MAJORITIES;
    }

    Message share(String share) {
        var parts = share.split("/");
        return Quorum.fraction(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
}
