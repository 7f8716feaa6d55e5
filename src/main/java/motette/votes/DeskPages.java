package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.shared.Message;
import motette.shared.Problems;

/** What the templates of the desk of rounds print. */
final class DeskPages {

    private DeskPages() {}

    /** Badge of a phase (src/docs/design.md). */
    static String tone(Phase phase) {
        return switch (phase) {
            case PREPARED, CLOSED -> "stone";
            case ANNOUNCED -> "sky";
            case OPEN -> "plum";
            case HELD -> "berry";
            case COUNTED -> "sun";
            case PUBLISHED -> "leaf";
        };
    }

    static String icon(Phase phase) {
        return switch (phase) {
            case PREPARED -> "edit";
            case ANNOUNCED -> "calendar";
            case OPEN -> "vote";
            case HELD -> "warning";
            case CLOSED -> "clock";
            case COUNTED -> "list";
            case PUBLISHED -> "check";
        };
    }

    /** @param phase its key */
    @Introspected
    record RoundRow(
            long id,
            String title,
            String phase,
            String tone,
            String icon,
            List<String> places,
            Instant opensAt,
            Instant closesAt) {

        static RoundRow of(Round round, Phase phase) {
            return new RoundRow(
                    round.id(),
                    round.title(),
                    phase.key(),
                    DeskPages.tone(phase),
                    DeskPages.icon(phase),
                    round.districts().stream().map(Round.RoundDistrict::name).toList(),
                    round.opensAt(),
                    round.closesAt());
        }
    }

    /** @param keeps whether the desk is theirs, or they only read */
    @Introspected
    record Rounds(List<RoundRow> rounds, boolean keeps) {}

    /** @param action where the form goes; {@code id} 0 for a new round */
    @Introspected
    record Basics(long id, String title, String action, RoundForm form, List<String> rules, Problems problems) {}

    /** @param available what is free in the budget of the year, in cents; empty where no budget is open */
    @Introspected
    record DistrictRow(String key, String name, boolean chosen, String money, Optional<Long> available) {}

    @Introspected
    record Districts(long id, String title, int year, List<DistrictRow> rows, Problems problems) {}

    /** Ideas of one district of a round. */
    @Introspected
    record Choosable(String key, String name, long budgetCents, List<Prepared> ideas) {

        long chosen() {
            return ideas.stream().filter(Prepared::chosen).count();
        }

        long chosenCents() {
            return ideas.stream()
                    .filter(Prepared::chosen)
                    .mapToLong(Prepared::costCents)
                    .sum();
        }
    }

    @Introspected
    record Excluded(int one, int other, String oneTitle, String otherTitle) {}

    @Introspected
    record Candidates(
            long id,
            String title,
            List<Choosable> districts,
            List<Prepared> chosen,
            List<Excluded> excluded,
            boolean saved,
            Problems problems) {}

    /**
     * A form of the desk that came back, with what was typed.
     *
     * @param name hold, prolongation, incident or discard; empty where none did
     */
    @Introspected
    record Returned(String name, Map<String, String> typed, Problems problems) {

        static final Returned NOTHING = new Returned("", Map.of(), Problems.none());

        boolean is(String form) {
            return name.equals(form);
        }

        /** Of one form; nothing is wrong with the others. */
        Problems problemsOf(String form) {
            return is(form) ? problems : Problems.none();
        }

        String typedIn(String form, String field) {
            return is(form) ? typed.getOrDefault(field, "") : "";
        }
    }

    /** One idea on the ballot. */
    @Introspected
    record OnBallot(
            int number,
            String title,
            String place,
            long costCents,
            long idea,
            int version,
            Optional<String> withdrawn) {}

    /** A line of what happened; the end of a hold or the new close in {@code until}. */
    @Introspected
    record Ballots(long voters, List<DeskRepository.DayTurnout> days, List<DeskRepository.DistrictTurnout> districts) {}

    /**
     * The desk of one round.
     *
     * @param phase      its key
     * @param keeps      whether they may act, or only read
     * @param signs      whether they may sign the protocol
     * @param signed     whether they did
     * @param checks     only before the announcement
     * @param mayCount   whether it waits for its count
     */
    @Introspected
    record RoundDesk(
            Round round,
            String form,
            String phase,
            String tone,
            String icon,
            boolean keeps,
            boolean signs,
            boolean signed,
            List<CheckList.Check> checks,
            boolean announceable,
            List<OnBallot> candidates,
            List<Excluded> excluded,
            Ballots ballots,
            List<DeskRepository.Happening> happenings,
            long rehearsals,
            boolean mayCount,
            Optional<Message> waits,
            List<DeskRepository.Signature> signatures,
            String protocol,
            Returned returned,
            String said) {

        boolean prepared() {
            return phase.equals("prepared");
        }

        boolean beforeClose() {
            return phase.equals("announced") || phase.equals("open") || phase.equals("held");
        }

        boolean rehearses() {
            return phase.equals("prepared") || phase.equals("announced");
        }

        /** While ballots may come, and afterwards. */
        boolean began() {
            return !rehearses();
        }

        boolean counted() {
            return phase.equals("counted") || phase.equals("published");
        }

        boolean notes() {
            return keeps && !prepared() && !phase.equals("published") && signatures.isEmpty();
        }
    }

    /** @param ballot as voters will see it */
    @Introspected
    record Preview(
            Round round,
            String form,
            String phase,
            boolean keeps,
            boolean rehearses,
            String attempt,
            RoundPage ballot,
            Rehearsals.Count count,
            boolean cast,
            Problems problems) {}

    /** @param running whether it can still be changed or withdrawn */
    @Introspected
    record OneCandidate(
            long round,
            String title,
            boolean running,
            Candidate candidate,
            Listed it,
            String place,
            long budgetCents,
            VersionForm form,
            String reason,
            Problems problems,
            Problems withdrawalProblems,
            Problems pictureProblems) {}
}
