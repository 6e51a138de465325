package io.ocellus.network.backbone;

import io.ocellus.network.attention.Attention;
import io.ocellus.network.attention.Attentions;
import io.ocellus.network.graph.Graph;
import io.ocellus.network.graph.GraphBuilder;
import io.ocellus.network.graph.Init;
import io.ocellus.network.graph.Value;
import io.ocellus.network.option.Options;
import java.util.List;

/**
 * Residual attention (Wang et al. 2017, <a href="https://arxiv.org/abs/1704.06904">arXiv
 * 1704.06904</a>, table 2): between the stages of a pre-activated residual network, modules whose
 * {@linkplain MaskBranch mask branch} looks at the picture at ever coarser extents and weighs their
 * trunk by {@code 1 + M(x)} (equation 3). Names are those of a PyTorch program in wide use, which
 * also registers shortcuts that never run; they are not built here.
 *
 * @param modules attention modules in each of the first three stages: 1, 1, 1 in Attention-56 and
 *     1, 2, 3 in Attention-92
 * @param attention on each residual unit's branch
 */
public record ResidualAttention(List<Integer> modules, Attention attention) implements Backbone {
  private static final int STEM = 64;
  private static final int STAGES = 3;

  public ResidualAttention {
    modules = List.copyOf(modules);
    if (modules.size() != STAGES || modules.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException("modules must be three numbers of at least 1");
    }
  }

  /** From named options; what is not named is Attention-56's. */
  public static ResidualAttention of(Options options) {
    return new ResidualAttention(options.integers("modules", "1,1,1"), Attentions.of(options));
  }

  @Override
  public Origin origin() {
    return Origin.imageNet("Wang et al. 2017, arXiv 1704.06904");
  }

  @Override
  public Graph graph(GraphBuilder builder, int classes) {
    GraphBuilder graph = builder.startingWith(Init.KAIMING_NORMAL_FAN_OUT);
    PreActivated units = new PreActivated(attention);
    MaskBranch masks = new MaskBranch(units);
    GraphBuilder stem = graph.scope("conv1");
    Value x = stem.conv("0", graph.input(), STEM, 7, 2, 3);
    x = graph.maxPool(stem.relu(stem.batchNorm("1", x)), 3, 2, 1);
    for (int stage = 1; stage <= STAGES; stage++) {
      long filters = (2L * STEM) << stage;
      x = units.apply(graph.scope("residual_block" + stage), x, filters, stage == 1 ? 1 : 2);
      for (int i = 1; i <= modules.get(stage - 1); i++) {
        String name = "attention_module" + stage + (i == 1 ? "" : "_" + i);
        x = masks.module(graph.scope(name), x, STAGES - stage);
      }
    }
    for (int unit = 4; unit <= 6; unit++) {
      x = units.apply(graph.scope("residual_block" + unit), x, 32L * STEM, unit == 4 ? 2 : 1);
    }
    GraphBuilder last = graph.scope("mpool2");
    x = last.relu(last.batchNorm("0", x));
    graph.linear("fc", graph.globalPool(x), classes, true);
    return graph.build();
  }
}
