using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>Mutual information, in nats, as <see cref="Mrmr"/> needs it.</summary>
internal interface IInformation
{
    /// <summary>Of each column with the endpoint; −1 for a column that is no candidate.</summary>
    double[] Relevance { get; }

    double Between(int a, int b);
}

/// <summary>By correlations of ranks.</summary>
internal sealed class RankInformation : IInformation
{
    private readonly int stride;
    private readonly double[] ranks;
    private readonly double[] norms;

    public RankInformation(TrainingSet training, string learner, CancellationToken cancel)
    {
        var predictors = training.Predictors;
        stride = PaddedKernels.PaddedLength(predictors.RowCount);
        ranks = new double[checked(stride * predictors.ColumnCount)];
        norms = new double[predictors.ColumnCount];
        // The estimate of each test: AUC is asked for as a share of the ranks' squares instead.
        var test = training.Endpoint.Kind is EndpointKind.Binary ? "kruskal_wallis" : EndpointTest.Automatic;
        Relevance = EndpointTest.Of(test, training, learner).Strengths(predictors, cancel);
        var events = training.Endpoint is SurvivalEndpoint survival ? survival.EventCount : 0;
        for (var c = 0; c < norms.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            norms[c] = Prepare(predictors.Column(c), ranks.AsSpan(c * stride, stride));
            var strength = Relevance[c];
            if (!(norms[c] > 0))
                Relevance[c] = -1;
            else if (strength >= 0)
                Relevance[c] = training.Endpoint.Kind switch
                {
                    EndpointKind.Survival => strength * strength / (2 * events),
                    EndpointKind.Continuous => OfSquare(strength * strength),
                    _ => OfSquare(strength),
                };
        }
    }

    public double[] Relevance { get; }

    public double Between(int a, int b)
    {
        var product = PaddedKernels.Dot(ranks.AsSpan(a * stride, stride), ranks.AsSpan(b * stride, stride)) / (norms[a] * norms[b]);
        return OfSquare(product * product);
    }

    // Of a normal pair; what is equal but for rounding has as much as rounding leaves.
    private static double OfSquare(double square) => -0.5 * Math.Log(Math.Max(1 - square, 1e-12));

    private static double Prepare(ReadOnlySpan<double> source, Span<double> target)
    {
        var present = new double[source.Length];
        var at = new int[source.Length];
        var n = 0;
        for (var r = 0; r < source.Length; r++)
        {
            if (double.IsNaN(source[r]))
                continue;
            present[n] = source[r];
            at[n++] = r;
        }
        var midranks = Ranks.Midranks(present.AsSpan(0, n));
        // Twice the midrank is an integer, hence all sums are exact.
        for (var i = 0; i < n; i++)
            target[at[i]] = (2 * midranks[i]) - (n + 1);
        return Math.Sqrt(PaddedKernels.Dot(target, target));
    }
}

/// <summary>Of columns in three states.</summary>
internal sealed class DiscreteInformation : IInformation
{
    private const int States = 3;
    private const byte Missing = byte.MaxValue;

    private readonly byte[][] states;

    private DiscreteInformation(byte[][] states, double[] relevance) => (this.states, Relevance) = (states, relevance);

    public double[] Relevance { get; }

    public static DiscreteInformation Of(TrainingSet training, string learner)
    {
        var predictors = training.Predictors;
        var (outcome, classes) = training.Endpoint switch
        {
            BinaryEndpoint binary => (Array.ConvertAll(binary.Values, v => v ? 1 : 0), 2),
            MulticlassEndpoint several => (several.Values, several.Labels.Count),
            ContinuousEndpoint numbers => (Array.ConvertAll(Cut(numbers.Values, training.Endpoint.Name), s => (int)s), States),
            _ => throw Values.WrongEndpoint(training, learner, "an endpoint of classes or a number for 'information: discrete'"),
        };
        var states = new byte[predictors.ColumnCount][];
        var relevance = new double[states.Length];
        for (var c = 0; c < states.Length; c++)
        {
            states[c] = Cut(predictors.Column(c), predictors.Columns[c]);
            var present = states[c].Where(s => s != Missing).Distinct().Count();
            relevance[c] = present < 2 ? -1 : Information(states[c], outcome, classes);
        }
        return new(states, relevance);
    }

    public double Between(int a, int b)
    {
        Span<int> counts = stackalloc int[States * States];
        var (x, y) = (states[a], states[b]);
        for (var r = 0; r < x.Length; r++)
        {
            if (x[r] != Missing && y[r] != Missing)
                counts[(x[r] * States) + y[r]]++;
        }
        return Information(counts, States);
    }

    private static double Information(byte[] states, int[] outcome, int classes)
    {
        var counts = new int[States * classes];
        for (var r = 0; r < states.Length; r++)
        {
            if (states[r] != Missing)
                counts[(states[r] * classes) + outcome[r]]++;
        }
        return Information(counts, classes);
    }

    private static double Information(ReadOnlySpan<int> counts, int width)
    {
        var columns = new double[width];
        Span<double> rows = stackalloc double[States];
        var total = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            rows[i / width] += counts[i];
            columns[i % width] += counts[i];
            total += counts[i];
        }
        var sum = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                sum += counts[i] / total * Math.Log(counts[i] * total / (rows[i / width] * columns[i % width]));
        }
        return Math.Max(0, sum);
    }

    private static byte[] Cut(ReadOnlySpan<double> values, string name)
    {
        var present = Values.Present(values, new double[values.Length]);
        var (mean, deviation) = (Moments.Mean(present), Math.Sqrt(Moments.SampleVariance(present)));
        if (double.IsInfinity(mean) || double.IsInfinity(deviation) || (present.Length > 1 && double.IsNaN(deviation)))
            throw Values.Infinite(name);
        var states = new byte[values.Length];
        for (var r = 0; r < states.Length; r++)
            states[r] = double.IsNaN(values[r]) ? Missing : values[r] < mean - deviation ? (byte)0 : values[r] > mean + deviation ? (byte)2 : (byte)1;
        return states;
    }
}
