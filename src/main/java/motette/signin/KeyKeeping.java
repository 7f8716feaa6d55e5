package motette.signin;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;

/** Every copy reads the keys when it starts and each minute; whichever comes first makes the next one. */
@Singleton
class KeyKeeping implements ApplicationEventListener<ServerStartupEvent> {

    private final KeyRing ring;

    KeyKeeping(KeyRing ring) {
        this.ring = ring;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent started) {
        ring.keep();
    }

    @Scheduled(fixedDelay = "1m", initialDelay = "1m")
    void keep() {
        ring.keep();
    }
}
