package dev.noren.status;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterStatusTest {
  /** Values that can't hold a key: there is no byte array, map or object of another room. */
  private static final Set<Class<?>> PLAIN =
      Set.of(
          String.class,
          boolean.class,
          int.class,
          long.class,
          Long.class,
          Instant.class,
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

  private void walk(Type type) {
    if (type instanceof ParameterizedType list) {
      assertTrue(list.getRawType() == java.util.List.class, type.toString());
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
      assertTrue(!name.contains("key") || name.equals("publickey"), component.toString());
      walk(component.getGenericType());
    }
  }
}
