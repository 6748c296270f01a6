using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>What a node says of its rows and what that costs, as cost-complexity pruning needs it.</summary>
internal abstract class NodeLoss
{
    /// <summary>Takes note of the rows a tree is grown on.</summary>
    public virtual void Begin(ReadOnlySpan<int> rows)
    {
    }

    /// <summary>The best single statement about the rows.</summary>
    public abstract double Value(ReadOnlySpan<int> rows);

    /// <summary>Its loss in one row.</summary>
    public abstract double Of(int row, double value);

    public static NodeLoss For(Endpoint endpoint, double[] weights) => endpoint switch
    {
        BinaryEndpoint binary => new Misclassification([.. binary.Values.Select(v => v ? 1 : 0)], 2, weights),
        MulticlassEndpoint classes => new Misclassification(classes.Values, classes.Labels.Count, weights),
        ContinuousEndpoint numbers => new SquaredError(TreeOutcome.Centred(numbers.Values), weights),
        _ => new PoissonDeviance(ExponentialScale.Of((SurvivalEndpoint)endpoint), ((SurvivalEndpoint)endpoint).Events, weights),
    };

    private sealed class Misclassification(int[] classes, int count, double[] weights) : NodeLoss
    {
        public override double Value(ReadOnlySpan<int> rows)
        {
            var sums = new double[count];
            foreach (var row in rows)
                sums[classes[row]] += weights[row];
            var best = 0;
            for (var k = 1; k < count; k++)
            {
                if (sums[k] > sums[best])
                    best = k;
            }
            return best;
        }

        public override double Of(int row, double value) => classes[row] == (int)value ? 0 : 1;
    }

    private sealed class SquaredError(double[] y, double[] weights) : NodeLoss
    {
        public override double Value(ReadOnlySpan<int> rows)
        {
            double sum = 0, total = 0;
            foreach (var row in rows)
            {
                sum += weights[row] * y[row];
                total += weights[row];
            }
            return sum / total;
        }

        public override double Of(int row, double value) => (y[row] - value) * (y[row] - value);
    }

    /// <summary>
    /// The rate is shrunk towards that of all rows by a gamma prior of variation coefficient 1, as in <c>rpart</c>: a leaf without events would
    /// otherwise say that none can ever happen.
    /// </summary>
    private sealed class PoissonDeviance(double[] exposure, bool[] events, double[] weights) : NodeLoss
    {
        private double priorTime;

        public override void Begin(ReadOnlySpan<int> rows)
        {
            var (deaths, time) = Sums(rows);
            priorTime = deaths > 0 ? time / deaths : 0;
        }

        public override double Value(ReadOnlySpan<int> rows)
        {
            var (deaths, time) = Sums(rows);
            return (deaths + 1) / (time + priorTime);
        }

        public override double Of(int row, double value)
        {
            var expected = value * exposure[row];
            return 2 * (expected - (events[row] ? 1 + Math.Log(expected) : 0));
        }

        private (double Deaths, double Time) Sums(ReadOnlySpan<int> rows)
        {
            double deaths = 0, time = 0;
            foreach (var row in rows)
            {
                deaths += events[row] ? weights[row] : 0;
                time += weights[row] * exposure[row];
            }
            return (deaths, time);
        }
    }
}
