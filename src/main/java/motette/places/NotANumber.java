package motette.places;

/** A query asks for a number and got something else; answered with 400 and this message, as JSON. */
public final class NotANumber extends RuntimeException {

    private NotANumber(String name, String value) {
        super("'%s' must be a number, not '%.40s'".formatted(name, value), null, false, false);
    }

    /** @param degrees what came in as text; empty when nothing came */
    public static double degrees(String name, String degrees) {
        try {
            var number = Double.parseDouble(degrees);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new NotANumber(name, degrees);
        }
        throw new NotANumber(name, degrees);
    }

    static int count(String name, String count) {
        try {
            return Integer.parseInt(count);
        } catch (NumberFormatException e) {
            throw new NotANumber(name, count);
        }
    }
}
