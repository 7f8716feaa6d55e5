package motette;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Counts what the database driver executes, whoever asked for it. */
public final class Statements {

    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private Statements() {}

    /** How many statements are executed while something is done. */
    public static int during(Runnable deed) {
        var count = new AtomicInteger();
        var counter = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getMessage().contains("FE=> Execute")) {
                    count.incrementAndGet();
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var level = DRIVER.getLevel();
        counter.setLevel(Level.ALL);
        DRIVER.setLevel(Level.FINEST);
        DRIVER.addHandler(counter);
        try {
            deed.run();
        } finally {
            DRIVER.removeHandler(counter);
            DRIVER.setLevel(level);
        }
        return count.get();
    }
}
