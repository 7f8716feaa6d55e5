package motette.applications;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/** The public list. @param rows of the chosen body, or of all */
@Introspected
record OpenPage(List<Row> rows, List<DeskPage.Choice> bodies, String body) {

    @Introspected
    record Row(ApplicationRepository.Open it) {

        String tone() {
            return Tones.of(it.state());
        }

        String icon() {
            return Tones.icon(it.state());
        }
    }
}
