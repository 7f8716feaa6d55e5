package motette;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The statements that requests send to the database, in their order, also where several travel together; jobs in the background do not count. A test that wants
 * it adds the property {@code queries.counted} and asks for {@code Queries}.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = "queries.counted", value = "true")
public final class Queries implements BeanCreatedEventListener<DataSource> {

    private final List<String> sent = new CopyOnWriteArrayList<>();

    /** What is sent while the deed is done. */
    public List<String> during(Runnable deed) {
        sent.clear();
        deed.run();
        return List.copyOf(sent);
    }

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> created) {
        var source = created.getBean();
        return (DataSource) Proxy.newProxyInstance(
                Queries.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    var answer = call(source, method, arguments);
                    return answer instanceof Connection connection ? listening(connection) : answer;
                });
    }

    private Connection listening(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Queries.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (ServerRequestContext.currentRequest().isPresent()
                            && (method.getName().startsWith("prepare")
                                    || method.getName().equals("createStatement"))) {
                        sent.addAll(
                                arguments == null
                                        ? List.of("a statement")
                                        : List.of(String.valueOf(arguments[0]).split(";")));
                    }
                    return call(connection, method, arguments);
                });
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
