package motette.residence;

import java.time.LocalDate;
import java.util.List;

/**
 * What is sealed for a letter or for a desk: lines of text, one a field.
 *
 * @param careOf whose name is on the letterbox, if another
 */
record Card(String givenNames, String familyName, LocalDate born, String street, String postcode, String careOf) {

    private static final int FIELDS = 6;

    static Card of(IdentityForm form) {
        var identity = form.identity();
        return new Card(
                identity.givenNames(),
                identity.familyName(),
                identity.born(),
                identity.street(),
                identity.postcode(),
                form.careOf());
    }

    static Card read(String text) {
        var fields = List.of(text.split("\n", FIELDS));
        return new Card(
                fields.get(0),
                fields.get(1),
                LocalDate.parse(fields.get(2)),
                fields.get(3),
                fields.get(4),
                fields.get(5));
    }

    String text() {
        return String.join("\n", givenNames, familyName, born.toString(), street, postcode, careOf);
    }

    String name() {
        return givenNames + " " + familyName;
    }

    /** Never in a log. */
    @Override
    public String toString() {
        return "Card";
    }
}
