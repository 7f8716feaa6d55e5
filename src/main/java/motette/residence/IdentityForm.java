package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Problems;

/** Name, birth and address as typed, for a letter, a desk or the register. */
@Introspected
record IdentityForm(
        String given, String family, String born, String street, String postcode, String quarter, String careOf) {

    static final int EARLIEST = 1900;

    static final String GIVEN = "given";
    static final String FAMILY = "family";
    static final String BORN = "born";
    static final String STREET = "street";
    static final String POSTCODE = "postcode";
    static final String QUARTER = "quarter";
    static final String CARE_OF = "care_of";

    static final IdentityForm EMPTY = new IdentityForm("", "", "", "", "", "", "");

    private static final int LONGEST = 80;
    private static final List<DateTimeFormatter> DAYS = List.of(
            DateTimeFormatter.ofPattern("d.M.uuuu").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT));

    static IdentityForm of(Map<String, String> sent) {
        return new IdentityForm(
                clean(sent, GIVEN),
                clean(sent, FAMILY),
                clean(sent, BORN),
                clean(sent, STREET),
                clean(sent, POSTCODE),
                clean(sent, QUARTER),
                clean(sent, CARE_OF));
    }

    IdentityForm in(String quarterKey) {
        return new IdentityForm(given, family, born, street, postcode, quarterKey, careOf);
    }

    /** What is wrong; {@code withQuarter} where the person says the quarter themselves. */
    Problems problems(Postcodes postcodes, Places places, LocalDate today, boolean withQuarter) {
        var problems = Problems.none();
        text(problems, GIVEN, given);
        text(problems, FAMILY, family);
        var day = day(born);
        if (day.isEmpty()) {
            problems.add(BORN, "residence.problem.born");
        } else if (!isBirthday(day.get(), today)) {
            problems.add(BORN, "residence.problem.born.never");
        }
        text(problems, STREET, street);
        if (problems.has(STREET)) {
            // said already
        } else if (street.chars().noneMatch(Character::isDigit)) {
            problems.add(STREET, "residence.problem.street.number");
        }
        if (!postcode.matches("\\d{5}")) {
            problems.add(POSTCODE, "residence.problem.postcode");
        } else if (!postcodes.knows(postcode)) {
            problems.add(POSTCODE, "residence.problem.postcode.outside", postcode);
        }
        if (withQuarter) {
            quarterProblem(problems, postcodes, places);
        }
        if (careOf.length() > LONGEST) {
            problems.add(CARE_OF, "residence.problem.long", LONGEST);
        }
        return problems;
    }

    private void quarterProblem(Problems problems, Postcodes postcodes, Places places) {
        var chosen = places.quarter(quarter);
        if (chosen.isEmpty()) {
            problems.add(QUARTER, "residence.problem.quarter");
        } else if (!problems.has(POSTCODE) && !postcodes.fits(postcode, quarter)) {
            problems.add(
                    QUARTER,
                    "residence.problem.quarter.postcode",
                    chosen.get().name(),
                    postcode,
                    postcodes.quarters(postcode).stream().map(Quarter::name).toList());
        }
    }

    /** Call only when there are no {@link #problems}. */
    Identity identity() {
        return new Identity(given, family, day(born).orElseThrow(), street, postcode);
    }

    static boolean isBirthday(LocalDate day, LocalDate today) {
        return day.getYear() >= EARLIEST && !day.isAfter(today);
    }

    /** A day as people write it: 7.3.1980, 07.03.1980, 1980-03-07. */
    static Optional<LocalDate> day(String text) {
        for (var format : DAYS) {
            try {
                return Optional.of(LocalDate.parse(text.replace(" ", ""), format));
            } catch (DateTimeException other) {
                // the next way to write it
            }
        }
        return Optional.empty();
    }

    private static void text(Problems problems, String field, String value) {
        if (value.codePoints().noneMatch(Character::isLetter)) {
            problems.add(field, "residence.problem." + field);
        } else if (value.length() > LONGEST) {
            problems.add(field, "residence.problem.long", LONGEST);
        }
    }

    private static String clean(Map<String, String> sent, String field) {
        return sent.getOrDefault(field, "")
                .replaceAll("[\\p{Cc}\\p{Cs}\\uFFFE\\uFFFF\\u200B\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
