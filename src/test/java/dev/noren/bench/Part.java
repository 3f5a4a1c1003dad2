package dev.noren.bench;

import dev.noren.bench.Contestant.Role;
import dev.noren.led.LightsCost;
import dev.noren.street.Street;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A part of the benchmark: who takes part, how often, and what one run is. */
enum Part {
  /** Throughput, CPU, round trip and memory under load. */
  LOAD("load") {
    @Override
    int mostRounds(Role role) {
      return role == Role.OTHER || role == Role.WIRE ? 3 : Integer.MAX_VALUE;
    }

    @Override
    Map<Measure, Double> run(Contestant contestant, Street street, int seconds) {
      return new Load(street, seconds).of(contestant);
    }
  },

  /** From the command to a tunnel that can be configured, and its memory at rest. */
  START("start") {
    @Override
    int mostRounds(Role role) {
      return role == Role.NOREN_AVX2 || role == Role.WIRE ? 0 : 2;
    }

    @Override
    Map<Measure, Double> run(Contestant contestant, Street street, int seconds) {
      return StartUp.of(contestant, street);
    }
  },

  /** Throughput among 10,000 peers. */
  PEERS("peers") {
    @Override
    int mostRounds(Role role) {
      return role == Role.NOREN || role == Role.YARDSTICK ? 2 : 0;
    }

    @Override
    Map<Measure, Double> run(Contestant contestant, Street street, int seconds) {
      return ManyPeers.of(contestant, street, seconds);
    }
  },

  /** Handshakes a second as responder. */
  HANDSHAKES("handshakes") {
    @Override
    int mostRounds(Role role) {
      return role == Role.NOREN || role == Role.YARDSTICK ? 2 : 0;
    }

    @Override
    Map<Measure, Double> run(Contestant contestant, Street street, int seconds) {
      return HandshakeRate.of(contestant, street);
    }
  },

  /** Forwarding by the firewall with many devices' access. */
  ACCESS("access") {
    @Override
    int mostRounds(Role role) {
      return role == Role.NOREN ? 3 : 0;
    }

    @Override
    Map<Measure, Double> run(Contestant contestant, Street street, int seconds) {
      return AccessCost.of(street, seconds);
    }
  },

  /** Throughput through a router whose page ten people have open. */
  PAGE("page") {
    @Override
    int mostRounds(Role role) {
      return role == Role.NOREN ? 2 : 0;
    }

    @Override
    Map<Measure, Double> run(Contestant contestant, Street street, int seconds) {
      return PageCost.of(seconds);
    }
  },

  /** What a router takes that nobody wants anything of. */
  HEALTH("health") {
    @Override
    int mostRounds(Role role) {
      return role == Role.NOREN ? 2 : 0;
    }

    @Override
    Map<Measure, Double> run(Contestant contestant, Street street, int seconds) {
      return HealthCost.of(seconds);
    }
  },

  /** What the thread of the lights costs over a minute. */
  LEDS("leds") {
    @Override
    int mostRounds(Role role) {
      return role == Role.NOREN ? 1 : 0;
    }

    @Override
    Map<Measure, Double> run(Contestant contestant, Street street, int seconds) {
      Map<Measure, Double> measured = new EnumMap<>(Measure.class);
      LightsCost.Cost cost = LightsCost.measure();
      measured.put(Measure.LED_CPU, cost.cpuPercent());
      measured.put(Measure.LED_GARBAGE, cost.allocatedBytes());
      return measured;
    }
  };

  private final String word;

  Part(String word) {
    this.word = word;
  }

  /** How often a contestant runs at most: less often what differs little, 0 for one who is out. */
  abstract int mostRounds(Role role);

  /** One run of one contestant on a street of its own. */
  abstract Map<Measure, Double> run(Contestant contestant, Street street, int seconds);

  /** The part that ONLY calls by this word. */
  static Part of(String word) {
    return Arrays.stream(values())
        .filter(part -> part.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "ONLY names '"
                        + word
                        + "', which is no part: take some of "
                        + Arrays.stream(values()).map(Part::word).collect(Collectors.joining(", "))
                        + "."));
  }

  String word() {
    return word;
  }
}
