package motette.shared;

import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import ognl.MethodFailedException;
import ognl.ObjectMethodAccessor;
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
        engine.addDialect(new PlainParts(texts));
        Expressions.install(engine);
        readRecords();
    }

    /** What {@link Expressions} leaves to OGNL reads records by their components, too. */
    static void readRecords() {
        var components = new RecordComponents();
        OgnlRuntime.setPropertyAccessor(Record.class, components);
        OgnlRuntime.setMethodAccessor(Record.class, new RecordQuestions(components));
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
        public @Nullable Object getProperty(@SuppressWarnings("rawtypes") Map context, Object target, Object name)
                throws OgnlException {
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

    /** Page records are package-private; their questions without arguments may be asked all the same. */
    private static final class RecordQuestions extends ObjectMethodAccessor {

        private final RecordComponents components;

        RecordQuestions(RecordComponents components) {
            this.components = components;
        }

        @Override
        public @Nullable Object callMethod(
                @SuppressWarnings("rawtypes") Map context, Object target, String method, Object[] args)
                throws MethodFailedException {
            try {
                if (args.length == 0) {
                    return components.getProperty(context, target, method);
                } else {
                    var question = Arrays.stream(target.getClass().getDeclaredMethods())
                            .filter(one -> one.getName().equals(method) && one.getParameterCount() == args.length)
                            .findFirst()
                            .orElseThrow(() -> new NoSuchMethodException(method));
                    question.setAccessible(true);
                    return question.invoke(target, args);
                }
            } catch (OgnlException | ReflectiveOperationException e) {
                throw new MethodFailedException(target.getClass().getSimpleName(), method, e);
            }
        }
    }
}
