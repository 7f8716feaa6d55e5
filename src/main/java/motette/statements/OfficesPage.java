package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Problems;

/** Which officers work for which office. */
@Introspected
record OfficesPage(
        List<Office> offices,
        List<Offices.Assigned> assigned,
        List<Offices.Officer> officers,
        String said,
        Problems problems) {

    List<Offices.Assigned> in(String office) {
        return assigned.stream().filter(one -> one.officeKey().equals(office)).toList();
    }

    List<Offices.Officer> notIn(String office) {
        return officers.stream()
                .filter(officer -> in(office).stream().noneMatch(one -> one.personId() == officer.id()))
                .toList();
    }
}
