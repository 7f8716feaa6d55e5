package motette.ideas;
import jakarta.inject.Singleton;
import java.util.*;
import motette.shared.Refusal;
@Singleton class Photos { record Kept(UUID id, String alt) {} Optional<Refusal> add(UUID d, byte[] b, String a){return Optional.empty();} void remove(UUID d, UUID p){} List<Kept> of(UUID d){return List.of();} void moveToIdea(UUID d,long n){} }
