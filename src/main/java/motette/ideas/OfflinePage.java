package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * The form of an idea on one page, to be filled in without net.
 *
 * @param shared quarters that communities share, where the person says which
 */
@Introspected
record OfflinePage(
        List<ProposePage.District> districts,
        List<Shared> shared,
        List<ProposePage.Option> categories,
        List<ProposePage.Option> groups) {

    @Introspected
    record Shared(String quarter, String name, List<ProposePage.Community> communities) {}
}
