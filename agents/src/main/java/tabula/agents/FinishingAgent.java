package tabula.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tabula.agents.solve.Finisher;
import tabula.games.GameRecord;
import tabula.games.Position;

/** Plays the end where it is known for certain, and as another agent before. */
final class FinishingAgent implements Agent {

  private final Agent agent;
  private final Finisher ends;

  FinishingAgent(Agent agent, Finisher ends) {
    this.agent = agent;
    this.ends = ends;
  }

  @Override
  public AgentSpec spec() {
    return agent.spec();
  }

  @Override
  public Decision decide(Position position, RandomGenerator random) {
    return decide(position, () -> agent.decide(position, random));
  }

  @Override
  public Decision decide(GameRecord played, RandomGenerator random) {
    return decide(played.position(), () -> agent.decide(played, random));
  }

  private Decision decide(Position position, Supplier<Decision> otherwise) {
    return ends.find(position).map(finish -> decision(position, finish)).orElseGet(otherwise);
  }

  private static Decision decision(Position position, Finisher.Finish finish) {
    float[] policy = new float[position.game().actionCount()];
    policy[finish.action()] = 1;
    return new Decision(finish.action(), finish.value(), policy, new int[policy.length], true);
  }

  @Override
  public List<Decision> decideAll(List<? extends Position> positions, RandomGenerator random) {
    List<Optional<Finisher.Finish>> found = new ArrayList<>();
    List<Position> open = new ArrayList<>();
    for (Position position : positions) {
      Optional<Finisher.Finish> finish = ends.find(position);
      found.add(finish);
      if (finish.isEmpty()) {
        open.add(position);
      }
    }
    var thought = agent.decideAll(open, random).iterator();
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      Position position = positions.get(i);
      decisions.add(
          found.get(i).map(finish -> decision(position, finish)).orElseGet(thought::next));
    }
    return decisions;
  }
}
