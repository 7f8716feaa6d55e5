package motette.signin;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people recognise their device by: kind of browser and system, nothing finer. Versions and models would tell people
 * apart, so they are not read.
 */
final class Device {

    /** The first that is found counts: later ones also stand in the names of earlier ones. */
    private static final Map<String, String> BROWSERS = ordered(
            "Edg",
            "Edge",
            "OPR/",
            "Opera",
            "SamsungBrowser",
            "Samsung Internet",
            "FxiOS",
            "Firefox",
            "Firefox",
            "Firefox",
            "CriOS",
            "Chrome",
            "Chrome",
            "Chrome",
            "Chromium",
            "Chrome",
            "Safari",
            "Safari");

    private static final Map<String, String> SYSTEMS = ordered(
            "Android",
            "Android",
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Windows",
            "Windows",
            "CrOS",
            "ChromeOS",
            "Macintosh",
            "macOS",
            "Linux",
            "Linux");

    private Device() {}

    /** For example "Firefox, Android"; empty where the browser says nothing known. */
    static String of(HttpRequest<?> request) {
        return of(request.getHeaders().get(HttpHeaders.USER_AGENT, String.class, ""));
    }

    static String of(String userAgent) {
        return Stream.of(found(BROWSERS, userAgent), found(SYSTEMS, userAgent))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String found(Map<String, String> words, String userAgent) {
        return words.entrySet().stream()
                .filter(word -> userAgent.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Map<String, String> ordered(String... pairs) {
        var words = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i], pairs[i + 1]);
        }
        return words;
    }
}
