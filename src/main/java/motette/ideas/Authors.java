package motette.ideas;

import java.util.Locale;
import motette.shared.Message;
import motette.shared.Texts;

/**
 * The name beside an idea: what its author chose, or that a guest handed it in, or that its author is gone.
 */
public final class Authors {

    /** For SQL over {@code ideas i left join persons p on p.id = i.author_id}; {@link #said} makes a sentence of it. */
    public static final String SQL =
            " coalesce(p.pseudonym, case when exists (select from idea_guests g where g.idea_number = i.number) then"
                    + " '' else '–' end) ";

    private static final String GUEST = "";
    private static final String GONE = "–";

    private Authors() {}

    /** @param found as {@link #SQL} answers */
    public static Message said(String found) {
        return switch (found) {
            case GUEST -> Message.of("idea.author.guest");
            case GONE -> Message.of("idea.author.gone");
            default -> Message.of("idea.author.named", found);
        };
    }

    /** @param found as {@link #SQL} answers */
    public static String name(Texts texts, Locale locale, String found) {
        return texts.get(locale, said(found));
    }
}
