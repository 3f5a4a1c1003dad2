package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterStatusTest {
  /**
   * Values that can't hold a key: there is no byte array, map or object of another room. What goes
   * into a sentence comes out as its own text only, and that of a key hides it.
   */
  private static final Set<Class<?>> PLAIN =
      Set.of(
          String.class,
          boolean.class,
          int.class,
          long.class,
          Long.class,
          Instant.class,
          Sentence.class,
          dev.noren.net.Cidr.class,
          dev.noren.net.IpAddress.class,
          dev.noren.config.MacAddress.class,
          dev.noren.config.TunnelName.class);

  private final Set<Type> seen = new HashSet<>();
  private int components;

  @Test
  void noFieldCanHoldASecret() {
    walk(RouterStatus.class);
    assertTrue(components > 70, "it walked: " + components);
  }

  @Test
  void aSentenceDoesNotTellAKeyThatIsInIt() {
    PrivateKey key = PrivateKey.generate(new Random(1));
    PresharedKey other = PresharedKey.generate(new Random(2));
    Sentence sentence = Sentence.of("value.because", key, List.of(other));
    for (Language language : Language.values()) {
      assertFalse(sentence.in(language).contains(key.toBase64()), language.toString());
      assertFalse(sentence.in(language).contains(other.toBase64()), language.toString());
    }
  }

  /** What programs call a finding: one of the doctor's own words. */
  private static boolean isName(RecordComponent component) {
    return component.getDeclaringRecord() == Finding.class && component.getName().equals("key");
  }

  private void walk(Type type) {
    if (type instanceof ParameterizedType list) {
      assertTrue(list.getRawType() == List.class, type.toString());
      walk(list.getActualTypeArguments()[0]);
      return;
    }
    Class<?> plain = (Class<?>) type;
    if (PLAIN.contains(plain) || plain.isEnum() || !seen.add(plain)) {
      return;
    }
    assertTrue(plain.isRecord() && plain.getPackageName().equals("dev.noren.status"), "" + plain);
    for (RecordComponent component : plain.getRecordComponents()) {
      components++;
      String name = component.getName().toLowerCase(Locale.ROOT);
      assertTrue(
          !name.matches(".*(private|preshared|psk|secret|password|passphrase|token).*"),
          component.toString());
      assertTrue(
          !name.contains("key") || name.equals("publickey") || isName(component),
          component.toString());
      walk(component.getGenericType());
    }
  }
}
