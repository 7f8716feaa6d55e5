package motette.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts the statements that reach the database. */
@Singleton
@Requires(property = "motette.count-queries", value = "true")
@Order(Ordered.HIGHEST_PRECEDENCE)
class Queries implements BeanCreatedEventListener<DataSource> {

    final AtomicInteger count = new AtomicInteger();

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
        return (DataSource) watch(DataSource.class, event.getBean());
    }

    private Object watch(Class<?> type, Object real) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement")) {
                count.incrementAndGet();
            }
            try {
                var answer = method.invoke(real, arguments);
                return answer instanceof Connection && type == DataSource.class
                        ? watch(Connection.class, answer)
                        : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
