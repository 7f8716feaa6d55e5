package motette.applications;

/** How the badge of a state looks, beside its word. */
final class Tones {

    private Tones() {}

    static String of(String state) {
        return switch (state) {
            case "received" -> "sky";
            case "returned" -> "sun";
            case "complete" -> "leaf";
            case "decided" -> "moss";
            default -> "stone";
        };
    }

    static String icon(String state) {
        return switch (state) {
            case "received" -> "mail";
            case "returned" -> "undo";
            case "complete" -> "check";
            case "decided" -> "gavel";
            case "withdrawn" -> "x";
            default -> "edit";
        };
    }
}
