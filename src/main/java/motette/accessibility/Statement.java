package motette.accessibility;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statement on accessibility as {@code accessibility.json} of the city pack gives it, after the model of Implementing
 * Decision (EU) 2018/1523.
 *
 * @param law          what obliges the city
 * @param standard     what the pages are measured by
 * @param status       full, partial or none: the three states of the model
 * @param made         day on which the statement was made
 * @param reviewed     day on which it was last looked through; once a year at least
 * @param method       self for an assessment of one's own, external for one by third parties
 * @param answerWithin period within which people are answered
 */
@Introspected
@Serdeable.Deserializable
record Statement(
        String law,
        String standard,
        String status,
        LocalDate made,
        LocalDate reviewed,
        String method,
        List<Gap> gaps,
        Period answerWithin,
        Body monitor,
        Body enforcement) {

    /**
     * What is not accessible.
     *
     * @param key text {@code accessibility.gaps.<key>}
     * @param why noncompliance, burden or scope
     */
    @Introspected
    @Serdeable.Deserializable
    record Gap(String key, String why) {}

    /** A public body that watches or decides; what is not known is empty. */
    @Introspected
    @Serdeable.Deserializable
    record Body(
            String name,
            @Nullable String office,
            String email,
            @Nullable String url) {

        Body {
            office = office == null ? "" : office;
            url = url == null ? "" : url;
        }
    }

    Statement {
        demand(Set.of("full", "partial", "none"), status);
        demand(Set.of("self", "external"), method);
        gaps.forEach(gap -> demand(Set.of("noncompliance", "burden", "scope"), gap.why()));
        if (reviewed.isBefore(made)) {
            throw new IllegalArgumentException(
                    "accessibility.json was reviewed " + reviewed + " before it was made " + made);
        }
    }

    private static void demand(Set<String> known, String said) {
        if (!known.contains(said)) {
            throw new IllegalArgumentException(
                    "accessibility.json says '" + said + "' where one of " + known + " belongs");
        }
    }
}
