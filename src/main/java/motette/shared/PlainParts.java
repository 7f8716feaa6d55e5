package motette.shared;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IModel;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.ITemplateEvent;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractAttributeModelProcessor;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementModelStructureHandler;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.util.IWritableCharSequence;

/**
 * {@code th:plain} on an element says: in here are only texts, attributes, {@code th:if}, {@code th:unless}, {@code th:each}, and
 * fragments of such that take the place of an element. Such a part is read once and then written in one go, for a fraction of what
 * its elements cost one by one; on the root of a page that is the whole page with its frame. It prints the same; whatever else
 * stands in it is a fault that the first rendering names.
 */
final class PlainParts extends AbstractProcessorDialect {

    private static final String PREFIX = "th";
    private static final String MARK = "plain";
    private static final int BEFORE_EVERYTHING = 10;

    private final Texts texts;

    PlainParts(Texts texts) {
        super("Plain parts", PREFIX, 1);
        this.texts = texts;
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        var known = new ConcurrentHashMap<Place, PlainPart>();
        return Set.of(new Writing(known), new FirstReading(known, texts));
    }

    /** Where a part stands. */
    private record Place(@Nullable String template, int line, int column) {

        static Place of(ITemplateEvent event) {
            return new Place(event.getTemplateName(), event.getLine(), event.getCol());
        }
    }

    /** Writes a known part. What it prints is never looked through for expressions again. */
    private static final class Writing extends AbstractAttributeTagProcessor {

        private final Map<Place, PlainPart> known;

        Writing(Map<Place, PlainPart> known) {
            super(TemplateMode.HTML, PREFIX, null, false, MARK, true, BEFORE_EVERYTHING, false);
            this.known = known;
        }

        @Override
        protected void doProcess(
                ITemplateContext context,
                IProcessableElementTag tag,
                AttributeName name,
                @Nullable String value,
                IElementTagStructureHandler handler) {
            var part = known.get(Place.of(tag));
            if (part != null) {
                handler.replaceWith(new Written(part, context), false);
            }
        }
    }

    /**
     * A part on its way into the page. The engine writes it before it leaves the element, so the variables are still those of
     * the element: into bytes where those are wanted, as text for whoever asks.
     */
    private record Written(PlainPart part, ITemplateContext context) implements IWritableCharSequence {

        @Override
        public void write(Writer page) throws IOException {
            if (page instanceof Utf8Writer html) {
                part.write(context, html);
            } else {
                page.write(toString());
            }
        }

        @Override
        public int length() {
            return toString().length();
        }

        @Override
        public char charAt(int index) {
            return toString().charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().subSequence(start, end);
        }

        @Override
        public String toString() {
            var html = new Utf8Writer(1024);
            part.write(context, html);
            return html.toString();
        }
    }

    /** Reads a part that is not known yet and leaves this one rendering to the standard dialect. */
    private static final class FirstReading extends AbstractAttributeModelProcessor {

        private final Map<Place, PlainPart> known;
        private final Texts texts;

        FirstReading(Map<Place, PlainPart> known, Texts texts) {
            super(TemplateMode.HTML, PREFIX, null, false, MARK, true, BEFORE_EVERYTHING + 1, true);
            this.known = known;
            this.texts = texts;
        }

        @Override
        protected void doProcess(
                ITemplateContext context,
                IModel model,
                AttributeName name,
                @Nullable String value,
                IElementModelStructureHandler handler) {
            known.computeIfAbsent(Place.of(model.get(0)), place -> new PlainReader(context, model, texts).part());
        }
    }
}
