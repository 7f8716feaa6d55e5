package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/** All districts with what they have left. */
@Introspected
record DistrictsPage(int year, long daysLeft, List<DistrictRow> districts) {}
