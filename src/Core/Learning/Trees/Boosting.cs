using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>See the options of <see cref="BoostedTrees"/>.</summary>
internal sealed record BoostingSettings(double Rate, double LeastCurvature, double Subsample, double Colsample, double Lambda, double Gamma);

/// <summary>The state of boosting: the scores of all rows and the trees so far. Rows of weight 0 are scored but not learned from.</summary>
internal sealed class Boosting
{
    private readonly TreeTable table;
    private readonly BoostingSettings settings;
    private readonly double[] weights;
    private readonly DeterministicRandom random;
    private readonly BoostingLoss loss;
    private readonly TreeGrower grower;
    private readonly GradientCriterion criterion;
    private readonly double[] gradient;
    private readonly double[] hessian;
    private readonly int[] sample;
    private readonly int[] columns;
    private readonly SubjectRows[] subjects;
    private readonly TreeBuilder trees = new();
    private readonly List<double> leaves = [];

    public Boosting(TreeTable table, TreeSettings tree, BoostingSettings settings, double[] weights, DeterministicRandom random)
    {
        (this.table, this.settings, this.weights, this.random) = (table, settings, weights, random);
        loss = BoostingLoss.For(table.Training.Endpoint);
        Start = loss.Start(weights);
        Scores = new double[table.Rows * Start.Length];
        for (var k = 0; k < Start.Length; k++)
            Scores.AsSpan(k * table.Rows, table.Rows).Fill(Start[k]);
        (gradient, hessian, sample) = (new double[table.Rows], new double[table.Rows], new int[table.Rows]);
        grower = new(table, tree);
        criterion = new(gradient, hessian, settings.Lambda, settings.LeastCurvature);
        columns = [.. Enumerable.Range(0, table.Columns)];
        // Patients that are not learned from are not drawn either.
        subjects = [.. Subjects.Group(table.Training.Predictors.Rows).Where(s => Array.Exists(s.Rows, r => weights[r] > 0))];
    }

    /// <summary>The score of each output before any tree.</summary>
    public double[] Start { get; }

    /// <summary>Of all rows the first output, then the second.</summary>
    public double[] Scores { get; }

    public IReadOnlyList<double> Leaves => leaves;

    public TreeEnsemble Trees => trees.Build();

    /// <summary>Loss of the rows by other weights.</summary>
    public double Loss(double[] rows) => loss.Of(Scores, rows);

    /// <summary>Adds a tree to each output, all by the derivatives at the scores before the round.</summary>
    public void Add()
    {
        var size = DrawRows();
        var before = Start.Length > 1 ? (double[])Scores.Clone() : Scores;
        for (var k = 0; k < Start.Length; k++)
        {
            loss.Derive(k, before, weights, gradient, hessian);
            DrawColumns();
            var (builder, sums) = (new TreeBuilder(), new GradientLeaves(gradient, hessian));
            grower.Grow(sample.AsSpan(0, size), null, criterion, sums, null, builder);
            Append(builder.Build(), builder.Gains, sums.Values, Scores.AsSpan(k * table.Rows, table.Rows));
        }
    }

    // Splits that gained less than γ are taken back from the leaves up: one that leads to a good one stays.
    private void Append(TreeEnsemble tree, IReadOnlyList<double> gains, double[] sums, Span<double> scores)
    {
        var (g, h, leaf) = (new double[tree.Nodes], new double[tree.Nodes], new bool[tree.Nodes]);
        for (var i = tree.Nodes - 1; i >= 0; i--)
        {
            var next = tree.Next[i];
            if (tree.Feature[i] < 0)
            {
                (g[i], h[i], leaf[i]) = (sums[2 * next], sums[(2 * next) + 1], true);
                continue;
            }
            (g[i], h[i]) = (g[i + 1] + g[next], h[i + 1] + h[next]);
            leaf[i] = leaf[i + 1] && leaf[next] && gains[i] < settings.Gamma;
        }
        var values = new double[tree.Nodes];
        trees.BeginTree();
        var open = new Stack<(int Node, int RightOf)>();
        open.Push((0, -1));
        while (open.TryPop(out var at))
        {
            if (at.RightOf >= 0)
                trees.RightOf(at.RightOf);
            if (leaf[at.Node])
            {
                trees.Leaf();
                leaves.Add(values[at.Node] = -g[at.Node] / Math.Max(h[at.Node] + settings.Lambda, 1e-12) * settings.Rate);
                continue;
            }
            var split = trees.Next;
            trees.Split(tree.Feature[at.Node], tree.Threshold[at.Node]);
            open.Push((tree.Next[at.Node], split));
            open.Push((at.Node + 1, -1));
        }
        for (var r = 0; r < scores.Length; r++)
        {
            var node = 0;
            while (!leaf[node])
                node = table.Column(tree.Feature[node])[r] <= tree.Threshold[node] ? node + 1 : tree.Next[node];
            scores[r] += values[node];
        }
    }

    private int DrawRows()
    {
        var draws = Math.Max(1, (int)Math.Round(settings.Subsample * subjects.Length));
        if (draws < subjects.Length)
            random.Shuffle<SubjectRows>(subjects);
        var size = 0;
        for (var s = 0; s < draws; s++)
        {
            foreach (var row in subjects[s].Rows)
            {
                if (weights[row] > 0)
                    sample[size++] = row;
            }
        }
        sample.AsSpan(0, size).Sort();
        return size;
    }

    private void DrawColumns()
    {
        var draws = Math.Max(1, (int)Math.Round(settings.Colsample * columns.Length));
        if (draws >= columns.Length)
            return;
        random.Shuffle<int>(columns);
        int[] drawn = columns[..draws];
        Array.Sort(drawn);
        grower.Candidates = drawn;
    }
}
