package motette.applications;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.bodies.Body;
import motette.shared.Problems;

/**
 * A step of writing an application.
 *
 * @param step     place, plan, applicant, money, documents or check
 * @param paper    entered by the staff
 * @param version  the one that sending makes
 * @param bodyName who decides, as far as the place says it; else empty
 * @param boards   that can be asked instead of the body of the place
 * @param query    what was searched for
 * @param costs    rows of the cost plan, with empty ones behind
 * @param finance  rows of the finance plan besides what the fund is asked for
 * @param ticked   boxes of the declaration that came back
 * @param gaps     what the office found missing in the version before
 */
@Introspected
record StepPage(
        long number,
        String step,
        boolean paper,
        int version,
        ApplicationForm form,
        Problems problems,
        String bodyName,
        String fundName,
        String query,
        List<Spot> spots,
        List<District> districts,
        List<Community> communities,
        List<Body> boards,
        String quarterName,
        Plan plan,
        List<Plan.Line> costs,
        List<Plan.Line> finance,
        Sums sums,
        List<Documents.Document> documents,
        ApplicationRepository.Rules rules,
        List<ApplicationRepository.Item> gaps,
        String returnNote,
        int year,
        List<String> ticked) {

    @Introspected
    record Spot(String key, String name, String quarter) {}

    @Introspected
    record District(String name, List<Option> quarters) {}

    @Introspected
    record Option(String key, String name, boolean chosen) {}

    @Introspected
    record Community(String key, String name, String body, boolean chosen) {}

    String path() {
        return "/applications/" + number;
    }

    String at(String other) {
        return path() + "/" + other;
    }

    int position() {
        return ApplicationForm.STEPS.indexOf(step) + 1;
    }

    List<String> steps() {
        return ApplicationForm.STEPS;
    }

    int positionOf(String other) {
        return ApplicationForm.STEPS.indexOf(other) + 1;
    }

    List<String> sources() {
        return Plan.SOURCES;
    }

    boolean isFirst() {
        return version == 1;
    }
}
