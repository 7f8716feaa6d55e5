package motette.shared;

import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import ognl.ObjectPropertyAccessor;
import ognl.OgnlException;
import ognl.OgnlRuntime;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/** Templates print {@code #{key(args)}} from {@link Texts} and read records by the names of their components. */
@Context
final class TemplateTexts extends AbstractMessageResolver {

    private final Texts texts;
    private final TemplateEngine engine;

    TemplateTexts(Texts texts, TemplateEngine engine) {
        this.texts = texts;
        this.engine = engine;
    }

    @PostConstruct
    void install() {
        engine.setMessageResolver(this);
        OgnlRuntime.setPropertyAccessor(Record.class, new RecordComponents());
    }

    @Override
    public String resolveMessage(ITemplateContext context, Class<?> origin, String key, Object @Nullable [] args) {
        var given = args == null ? new Object[0] : args;
        return texts.get(context.getLocale(), key, given);
    }

    @Override
    public String createAbsentMessageRepresentation(
            ITemplateContext context, Class<?> origin, String key, Object @Nullable [] args) {
        throw new IllegalArgumentException("No text '" + key + "'");
    }

    private static final class RecordComponents extends ObjectPropertyAccessor {

        private final Map<Class<?>, Map<String, Method>> methods = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object getProperty(@SuppressWarnings("rawtypes") Map context, Object target, Object name) throws OgnlException {
            var method = methods.computeIfAbsent(target.getClass(), type -> new ConcurrentHashMap<>())
                    .computeIfAbsent(String.valueOf(name), component -> find(target.getClass(), component));
            try {
                return method.invoke(target);
            } catch (ReflectiveOperationException e) {
                throw new OgnlException(name + " of " + target.getClass().getSimpleName(), e);
            }
        }

        private static Method find(Class<?> type, String name) {
            try {
                var method = type.getDeclaredMethod(name);
                method.setAccessible(true);
                return method;
            } catch (NoSuchMethodException absent) {
                throw new IllegalArgumentException(type.getSimpleName() + " has no " + name);
            }
        }
    }
}
