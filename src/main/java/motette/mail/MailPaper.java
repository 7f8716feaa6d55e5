package motette.mail;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

/**
 * The text of a mail as HTML in the look of the site, light and dark, without a picture or anything else to fetch. Nothing is said
 * in it that the text does not say: whoever reads text alone misses nothing, and texts stay in one place.
 */
@Singleton
class MailPaper {

    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

    /** Codes of sign-ins and guests: groups of capitals and digits, or digits alone. */
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{3,8}(?:[ -][A-Z0-9]{2,8})+|\\d{6,10}");

    private static final Pattern SIGNATURE = Pattern.compile("Motette · .*");

    private final TemplateEngine templates;
    private final String home;

    MailPaper(TemplateEngine templates, @Value("${motette.base-url}") String home) {
        this.templates = templates;
        this.home = home.replaceFirst("/+$", "");
    }

    /**
     * @param kind  text; or way, an address alone on its line; or code, a code alone on its line; or end, the signature
     * @param lines of a text all, of the others one
     */
    @Introspected
    record Block(String kind, List<String> lines) {}

    @Introspected
    record Sheet(String subject, String home, List<Block> blocks) {}

    String html(String subject, String text) {
        var sheet = new Sheet(MailLine.oneLine(subject), home + "/", blocks(text));
        return templates.process("mail/mail", new Context(Locale.ROOT, Map.of("page", sheet)));
    }

    static List<Block> blocks(String text) {
        var blocks = new ArrayList<Block>();
        var lines = new ArrayList<String>();
        text.strip().lines().map(String::strip).forEach(line -> {
            var kind = kind(line);
            if (!kind.equals("text") || line.isEmpty()) {
                close(lines, blocks);
            }
            if (!kind.equals("text")) {
                blocks.add(new Block(kind, List.of(line)));
            } else if (!line.isEmpty()) {
                lines.add(line);
            }
        });
        close(lines, blocks);
        return blocks;
    }

    private static void close(List<String> lines, List<Block> blocks) {
        if (!lines.isEmpty()) {
            blocks.add(new Block("text", List.copyOf(lines)));
            lines.clear();
        }
    }

    private static String kind(String line) {
        if (ADDRESS.matcher(line).matches()) {
            return "way";
        } else if (CODE.matcher(line).matches()) {
            return "code";
        } else {
            return SIGNATURE.matcher(line).matches() ? "end" : "text";
        }
    }
}
