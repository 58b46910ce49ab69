package tabula.server.lobby;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tabula.games.Side;
import tabula.server.bus.MatchBus;
import tabula.server.ladder.Pool;
import tabula.server.ladder.Ratings;
import tabula.server.lobby.Visitor.End;
import tabula.server.lobby.Wishes.Kind;
import tabula.server.lobby.Wishes.Reason;
import tabula.server.lobby.Wishes.Terms;
import tabula.server.match.Command;
import tabula.server.match.MatchView;
import tabula.server.match.Refusal;
import tabula.server.match.Seat;

/**
 * Where players meet: who says what they would like to play is paired every few seconds, and may be
 * challenged. For one context.
 */
public final class Lobby {

  /** After so many rounds without anybody, whoever likes agents gets one. */
  private static final int ROUNDS_BEFORE_AN_AGENT = 3;

  /**
   * How it is run.
   *
   * @param roundMillis how often it pairs
   * @param challengeMillis how long a challenge waits for its answer
   * @param mostChallenges how many one visitor may have waiting
   */
  public record Limits(long roundMillis, long challengeMillis, int mostChallenges) {
    public static final Limits USUAL = new Limits(3_000, 300_000, 5);
  }

  /** What the lobby needs of the server. */
  public record Surroundings(
      MatchBus matches,
      MatchBus.Watcher watcher,
      Function<String, List<Seat.ServerAgent>> agents,
      Ratings ratings,
      Supplier<String> newMatchId,
      BooleanSupplier stopping,
      RandomGenerator random) {}

  /** What came of a request. */
  public sealed interface Answer {
    record Done() implements Answer {}

    record Challenged(Challenge challenge) implements Answer {}

    record Refused(Refusal refusal, String message) implements Answer {}
  }

  /** Somebody who may be challenged, and is paired. */
  public record Present(String id, Seat seat, Wishes wishes) {}

  private static final class Guest {
    private final Visitor visitor;
    private Seat seat;
    private Wishes wishes;
    private int rounds;

    Guest(Visitor visitor, Seat seat, Wishes wishes) {
      this.visitor = visitor;
      this.seat = seat;
      this.wishes = wishes;
    }
  }

  private record Open(Challenge challenge, Visitor from, @Nullable Visitor to, long timer) {}

  private record Player(Visitor visitor, Seat seat) {}

  private final Vertx vertx;
  private final Limits limits;
  private final Surroundings server;
  private final Map<String, Guest> guests = new LinkedHashMap<>();
  private final Map<String, Open> challenges = new LinkedHashMap<>();
  private final Map<String, Set<String>> playing = new HashMap<>();
  private final History history = new History();
  private final Rests rests = new Rests();

  public Lobby(Vertx vertx, Limits limits, Surroundings server) {
    this.vertx = vertx;
    this.limits = limits;
    this.server = server;
    vertx.setPeriodic(limits.roundMillis(), round -> pairAll());
  }

  /** Somebody says what they would like to play, in place of what they said before. */
  public void wish(Visitor visitor, Seat seat, Wishes wishes) {
    Guest guest = guests.get(visitor.id());
    if (guest == null || guest.visitor != visitor) {
      guests.put(visitor.id(), new Guest(visitor, seat, wishes));
    } else {
      guest.seat = seat;
      guest.wishes = wishes;
    }
    long until = restsUntil(visitor);
    if (until > 0) {
      visitor.rests(until);
    }
  }

  private long restsUntil(Visitor visitor) {
    return rests.until(visitor.id(), System.currentTimeMillis());
  }

  /** Whether somebody is there who takes something new. */
  private boolean isFree(Guest guest) {
    return guest.visitor.isThere() && room(guest) > 0 && restsUntil(guest.visitor) == 0;
  }

  /** Somebody does not come back. */
  public void leave(Visitor visitor) {
    Guest guest = guests.get(visitor.id());
    if (guest != null && guest.visitor == visitor) {
      guests.remove(visitor.id());
    }
    for (Open open : List.copyOf(challenges.values())) {
      if (open.from() == visitor) {
        end(open, End.CANCELLED, null, open.to());
      } else if (open.to() == visitor) {
        end(open, End.DECLINED, Reason.LATER, open.from());
      }
    }
  }

  /** Who is there, would like to play, and takes something new. */
  public List<Present> present() {
    return guests.values().stream()
        .filter(guest -> isFree(guest) && !guest.wishes.paused())
        .map(guest -> new Present(guest.visitor.id(), guest.seat, guest.wishes))
        .toList();
  }

  /**
   * Challenges somebody.
   *
   * @param to an id out of {@link #present}; null challenges whoever comes first
   */
  public Answer challenge(
      Visitor from, Seat seat, Terms terms, @Nullable Side side, @Nullable String to) {
    if (server.stopping().getAsBoolean()) {
      return new Answer.Refused(Refusal.DRAINING, "The server stops, and begins no more matches.");
    }
    if (restsUntil(from) > 0) {
      return rested();
    }
    long waiting = challenges.values().stream().filter(open -> open.from() == from).count();
    if (waiting >= limits.mostChallenges()) {
      return new Answer.Refused(
          Refusal.RATE_LIMITED,
          "At most %d challenges wait at once.".formatted(limits.mostChallenges()));
    }
    if (Boolean.TRUE.equals(terms.rated()) && seat.player().isEmpty()) {
      return needsAccount();
    }
    Visitor challenged = null;
    if (to != null) {
      Guest guest = guests.get(to);
      if (guest == null
          || !guest.visitor.isThere()
          || restsUntil(guest.visitor) > 0
          || to.equals(from.id())) {
        return new Answer.Refused(
            Refusal.UNKNOWN_PLAYER, "Nobody of this id is there: see GET /api/v1/available.");
      }
      Optional<Reason> against =
          room(guest) > 0
              ? guest.wishes.against(terms, seat, guest.seat)
              : Optional.of(guest.wishes.paused() ? Reason.MAINTENANCE : Reason.TOO_MANY);
      if (against.isPresent()) {
        return new Answer.Refused(
            Refusal.NOT_WISHED,
            "%s does not take this challenge: %s.".formatted(to, against.get().code()));
      }
      challenged = guest.visitor;
    }
    Challenge challenge =
        new Challenge(
            server.newMatchId().get(),
            seat,
            to,
            terms,
            side,
            System.currentTimeMillis() + limits.challengeMillis());
    long timer = vertx.setTimer(limits.challengeMillis(), late -> expire(challenge.id()));
    challenges.put(challenge.id(), new Open(challenge, from, challenged, timer));
    if (challenged != null) {
      challenged.challenged(challenge);
    }
    return new Answer.Challenged(challenge);
  }

  private void expire(String id) {
    Open open = challenges.get(id);
    if (open != null) {
      end(open, End.EXPIRED, null, open.from());
      if (open.to() != null) {
        open.to().challengeEnded(open.challenge(), End.EXPIRED, null);
      }
    }
  }

  private void end(Open open, End end, @Nullable Reason reason, @Nullable Visitor told) {
    remove(open);
    if (told != null) {
      told.challengeEnded(open.challenge(), end, reason);
    }
  }

  private void remove(Open open) {
    vertx.cancelTimer(open.timer());
    challenges.remove(open.challenge().id());
  }

  /** Accepts a challenge: the match begins. */
  public Future<Answer> accept(Visitor visitor, Seat seat, String id) {
    Open open = challenges.get(id);
    if (open == null || !mayAnswer(open, visitor)) {
      return Future.succeededFuture(noSuchChallenge());
    }
    if (server.stopping().getAsBoolean()) {
      return Future.succeededFuture(
          new Answer.Refused(Refusal.DRAINING, "The server stops, and begins no more matches."));
    }
    if (restsUntil(visitor) > 0) {
      return Future.succeededFuture(rested());
    }
    Terms terms = open.challenge().terms();
    Guest guest = guests.get(visitor.id());
    Optional<Boolean> counts =
        Wishes.counts(
            terms.rated(),
            (guest == null || guest.visitor != visitor) ? null : guest.wishes.rated(),
            open.challenge().from(),
            seat);
    if (counts.isEmpty()) {
      return Future.succeededFuture(
          Boolean.TRUE.equals(terms.rated())
              ? needsAccount()
              : new Answer.Refused(
                  Refusal.NOT_WISHED, "This match would not be rated, which you wish for."));
    }
    remove(open);
    Player from = new Player(open.from(), open.challenge().from());
    Player to = new Player(visitor, seat);
    Side side = open.challenge().side();
    boolean fromIsFirst = side == null ? server.random().nextBoolean() : side == Side.FIRST;
    return begin(id, fromIsFirst ? from : to, fromIsFirst ? to : from, terms.rated(counts.get()));
  }

  /** Declines a challenge, or takes one's own back. */
  public Answer decline(Visitor visitor, String id, Reason reason) {
    Open open = challenges.get(id);
    if (open != null && open.from() == visitor) {
      end(open, End.CANCELLED, null, open.to());
      return new Answer.Done();
    } else if (open != null && open.to() == visitor) {
      end(open, End.DECLINED, reason, open.from());
      return new Answer.Done();
    }
    return noSuchChallenge();
  }

  private static boolean mayAnswer(Open open, Visitor visitor) {
    return open.to() == null
        ? !open.from().id().equals(visitor.id())
        : open.to().id().equals(visitor.id());
  }

  private static Answer needsAccount() {
    return new Answer.Refused(
        Refusal.NOT_WISHED, "A rated match needs two different players who have accounts.");
  }

  private static Answer rested() {
    return new Answer.Refused(
        Refusal.RATE_LIMITED,
        "Your last matches ended because your moves did not come: you rest for a while.");
  }

  private static Answer noSuchChallenge() {
    return new Answer.Refused(
        Refusal.UNKNOWN_CHALLENGE, "There is no such challenge for you to answer, any more.");
  }

  private Future<Answer> begin(String id, Player first, Player second, Terms terms) {
    return begin(id, first.seat(), first.visitor(), second.seat(), second.visitor(), terms);
  }

  /** Begins a match of which it is decided whether it is rated; an agent has no visitor. */
  private Future<Answer> begin(
      String id,
      Seat first,
      @Nullable Visitor firstVisitor,
      Seat second,
      @Nullable Visitor secondVisitor,
      Terms terms) {
    List<String> players =
        Stream.of(Optional.ofNullable(firstVisitor), Optional.ofNullable(secondVisitor))
            .flatMap(Optional::stream)
            .map(Visitor::id)
            .toList();
    // They have it before it is stored: nobody is given more than they wish for.
    players.forEach(player -> playing.computeIfAbsent(player, any -> new HashSet<>()).add(id));
    return server
        .matches()
        .ask(
            new Command.Create(
                id,
                terms.game(),
                first,
                second,
                firstVisitor == null ? "" : firstVisitor.reserveSeat(id),
                secondVisitor == null ? "" : secondVisitor.reserveSeat(id),
                terms.timeControl(),
                Boolean.TRUE.equals(terms.rated())))
        .<Answer>map(
            reply ->
                switch (reply) {
                  case Command.Done done -> {
                    countUntilOver(
                        id,
                        players,
                        Optional.ofNullable(firstVisitor),
                        Optional.ofNullable(secondVisitor));
                    history.played(idOf(firstVisitor), idOf(secondVisitor));
                    if (firstVisitor != null) {
                      firstVisitor.seated(id, Side.FIRST);
                    }
                    if (secondVisitor != null) {
                      secondVisitor.seated(id, Side.SECOND);
                    }
                    yield new Answer.Done();
                  }
                  case Command.Refused(Refusal refusal, String message) -> {
                    players.forEach(player -> ended(player, id));
                    yield new Answer.Refused(refusal, message);
                  }
                })
        .onFailure(failure -> players.forEach(player -> ended(player, id)));
  }

  /**
   * Somebody sits in a match that did not begin here, or not since the server's start: it counts
   * for how many they play at once.
   *
   * @param player the id of a visitor
   */
  public void plays(String player, MatchView match) {
    if (!match.isOver()
        && playing.computeIfAbsent(player, any -> new HashSet<>()).add(match.id())) {
      countUntilOver(match.id(), List.of(player), Optional.empty(), Optional.empty());
    }
  }

  private static @Nullable String idOf(@Nullable Visitor visitor) {
    return visitor == null ? null : visitor.id();
  }

  private void countUntilOver(
      String id, List<String> players, Optional<Visitor> first, Optional<Visitor> second) {
    server
        .watcher()
        .watch(
            id,
            new Consumer<>() {
              @Override
              public void accept(MatchBus.Changed changed) {
                if (changed.match().isOver()) {
                  server.watcher().unwatch(id, this);
                  players.forEach(player -> ended(player, id));
                  Optional<Side> late = changed.match().late();
                  first.ifPresent(visitor -> judge(visitor, late, Side.FIRST));
                  second.ifPresent(visitor -> judge(visitor, late, Side.SECOND));
                }
              }
            });
  }

  /** Whoever did not move in time too often rests, and is told. */
  private void judge(Visitor visitor, Optional<Side> late, Side own) {
    long now = System.currentTimeMillis();
    if (!late.equals(Optional.of(own))) {
      rests.finished(visitor.id());
    } else if (rests.timedOut(visitor.id(), now)) {
      visitor.rests(rests.until(visitor.id(), now));
    }
  }

  private void ended(String player, String id) {
    Set<String> matches = playing.get(player);
    if (matches != null && matches.remove(id) && matches.isEmpty()) {
      playing.remove(player);
    }
  }

  private int room(Guest guest) {
    return guest.wishes.atOnce() - playing.getOrDefault(guest.visitor.id(), Set.of()).size();
  }

  private void pairAll() {
    if (server.stopping().getAsBoolean()) {
      return;
    }
    List<Pairing.Waiting> waiting = new ArrayList<>();
    for (Guest guest : guests.values()) {
      String id = guest.visitor.id();
      if (isFree(guest) && guest.wishes.paired()) {
        waiting.add(
            new Pairing.Waiting(
                id,
                guest.seat,
                guest.wishes,
                guest.rounds,
                history.balance(id),
                history.met(id),
                room(guest)));
        guest.rounds++;
      } else {
        guest.rounds = 0;
      }
    }
    Set<String> paired = new HashSet<>();
    for (Pairing.Pair pair : Pairing.pair(waiting, server.ratings(), server.random())) {
      paired.add(pair.first());
      paired.add(pair.second());
      Guest first = guests.get(pair.first());
      Guest second = guests.get(pair.second());
      if (first != null && second != null) {
        first.rounds = 0;
        second.rounds = 0;
        begin(
            server.newMatchId().get(),
            new Player(first.visitor, first.seat),
            new Player(second.visitor, second.seat),
            pair.terms());
      }
    }
    for (Pairing.Waiting left : waiting) {
      if (!paired.contains(left.id())
          && left.rounds() >= ROUNDS_BEFORE_AN_AGENT
          && !left.wishes().paused()
          && left.wishes().opponents().contains(Kind.AGENT)) {
        meetAgent(left);
      }
    }
  }

  /** The agent that is nearest in strength plays, the side that is due. */
  private void meetAgent(Pairing.Waiting waiting) {
    Guest guest = guests.get(waiting.id());
    Terms terms = waiting.wishes().dearest();
    List<Seat.ServerAgent> agents = new ArrayList<>(server.agents().apply(terms.game()));
    if (guest == null || agents.isEmpty()) {
      return;
    }
    Optional<Boolean> counts = Wishes.counts(terms.rated(), null, guest.seat, agents.getFirst());
    if (counts.isEmpty()) {
      return;
    }
    double mine = rating(waiting.seat().player().orElse(waiting.id()), terms);
    // Among those that are equally near one is drawn.
    Seat.ServerAgent agent = agents.remove(server.random().nextInt(agents.size()));
    Comparator<Seat.ServerAgent> nearest =
        Comparator.comparingDouble(
            seat -> Math.abs(rating(seat.player().orElse(seat.agent()), terms) - mine));
    for (Seat.ServerAgent other : agents) {
      agent = nearest.compare(other, agent) < 0 ? other : agent;
    }
    guest.rounds = 0;
    boolean isFirst =
        waiting.balance() == 0 ? server.random().nextBoolean() : waiting.balance() < 0;
    String id = server.newMatchId().get();
    begin(
        id,
        isFirst ? guest.seat : agent,
        isFirst ? guest.visitor : null,
        isFirst ? agent : guest.seat,
        isFirst ? null : guest.visitor,
        terms.rated(counts.get()));
  }

  private double rating(String player, Terms terms) {
    return server.ratings().of(player, terms.game(), Pool.of(terms.timeControl())).rating();
  }
}
