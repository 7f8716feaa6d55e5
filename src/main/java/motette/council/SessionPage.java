package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * One session.
 *
 * @param open       public items of the agenda
 * @param closed     items that are not; empty for whoever does not belong to the body
 * @param papers     numbers in the council information system by item; without items that cannot have one
 * @param files      papers that the visitor may read, by item
 * @param numbers    whether the visitor may record one
 * @param minutes    whether it is closed, so that there are minutes, or will be
 * @param insider    whether the visitor belongs to the body
 * @param sits       whether the visitor sits in the body today
 * @param runs       whether the visitor may run the session
 * @param expected   who comes to a session that has not begun; null for whoever does not belong to the body, and later
 * @param me         the member that the visitor is; null where they are none, and later
 * @param invitation null before the members are invited
 * @param plan       what who plans may do; null for who only reads, and when it is over or cancelled
 * @param said       what was done just now, as the end of a message's key; empty otherwise
 */
@Introspected
record SessionPage(
        CouncilSession session,
        boolean over,
        List<Earlier> earlier,
        List<AgendaItem> open,
        List<AgendaItem> closed,
        Map<Long, PaperNumber> papers,
        Map<Long, List<AgendaPaper>> files,
        boolean numbers,
        boolean minutes,
        boolean insider,
        boolean sits,
        boolean runs,
        @Nullable Expected expected,
        Expected.@Nullable Invited me,
        @Nullable Invitation invitation,
        @Nullable Plan plan,
        Problems problems,
        String said) {

    /**
     * @param came       which form came back: "times", "cancellation", "agenda", "removal", "invitation", or empty
     * @param item       the item of a removal that came back; otherwise 0
     * @param noticeDays days of notice that the rules ask for
     * @param late       whether there are fewer left
     * @param dispatches who got the invitation; empty before
     */
    @Introspected
    record Plan(
            String came,
            long item,
            SessionForm form,
            AgendaForm agenda,
            List<WaitingMatter> waiting,
            List<Member> members,
            List<Dispatch> dispatches,
            int noticeDays,
            boolean late) {

        Problems problems(String form, Problems problems) {
            return form.equals(came) ? problems : Problems.none();
        }
    }

    /** The number of what an item is about; null where it cannot have one. */
    @Nullable
    PaperNumber paper(AgendaItem item) {
        return papers.get(item.id());
    }

    List<AgendaPaper> files(AgendaItem item) {
        return files.getOrDefault(item.id(), List.of());
    }

    boolean hasAgenda() {
        return !open.isEmpty() || !closed.isEmpty();
    }

    /** Those who have no address here, so that the invitation goes to them as a letter. */
    List<Dispatch> letters() {
        return plan == null
                ? List.of()
                : plan.dispatches().stream()
                        .filter(each -> each.channel().equals("post"))
                        .toList();
    }
}
