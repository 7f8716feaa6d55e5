package motette.statements;

/** Tones and icons of the badges of files and requests (src/docs/design.md). */
final class Badges {

    private Badges() {}

    static String tone(String state) {
        return switch (state) {
            case "given", "answered", "yes" -> "leaf";
            case "overdue", "no" -> "clay";
            case "appeal", "returned", "conditions" -> "sun";
            case "asked", "open" -> "lake";
            default -> "stone";
        };
    }

    static String icon(String state) {
        return switch (state) {
            case "given", "answered", "skipped", "yes" -> "check";
            case "overdue", "asked", "open" -> "clock";
            case "returned", "renewed" -> "undo";
            case "forwarded" -> "forward";
            case "no" -> "x";
            case "appeal", "conditions" -> "warning";
            default -> "edit";
        };
    }
}
