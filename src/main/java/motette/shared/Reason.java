package motette.shared;

import java.util.Map;

/** Why somebody did something, as they typed it in the field {@code reason}. */
public final class Reason {

    private Reason() {}

    public static String of(Map<String, String> sent) {
        return sent.getOrDefault("reason", "").replace("\r\n", "\n").strip();
    }

    /** Whether it has so many characters, as people count them. */
    public static boolean fits(String reason, int least, int most) {
        return !isShorter(reason, least) && !isLonger(reason, most);
    }

    public static boolean isShorter(String reason, int least) {
        return length(reason) < least;
    }

    public static boolean isLonger(String reason, int most) {
        return length(reason) > most;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
