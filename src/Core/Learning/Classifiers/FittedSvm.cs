using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// See <see cref="Svm"/>. A linear one holds weights of the columns, and for two classes is a <see cref="FittedLinearSvm"/>; one of radial
/// basis functions holds its support vectors, which are rows of training cases.
/// </summary>
public class FittedSvm : IFittedModel
{
    private readonly ColumnScaling scaling;
    private readonly RowMatrix vectors;
    private readonly double[] squares;
    private readonly double? gamma;

    private protected FittedSvm(
        EndpointKind kind,
        int classes,
        ColumnScaling scaling,
        double? gamma,
        RowMatrix vectors,
        SvmMachine[] machines,
        IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (EndpointKind, ClassCount, this.scaling, this.gamma, this.vectors, Machines, Seen) = (kind, classes, scaling, gamma, vectors, machines, seen);
        squares = SvmKernel.Squares(vectors);
        Selected = gamma is null
            ? [.. scaling.Columns.Where((_, c) => Array.Exists(machines, m => m.Weights[c] != 0))]
            : scaling.Columns;
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => SvmOptions.RegistryName;

    public EndpointKind EndpointKind { get; }

    public bool HoldsRows => gamma is not null;

    public IReadOnlyList<string> Discloses => HoldsRows ? [Disclosures.Rows] : [];

    public IReadOnlyList<string> Columns => scaling.Columns;

    public IReadOnlyList<string> Selected { get; }

    /// <summary>How many training rows the model holds; 0 of a linear one.</summary>
    public int SupportVectorCount => vectors.RowCount;

    internal int ClassCount { get; }

    internal SvmMachine[] Machines { get; }

    private protected ColumnScaling Scaling => scaling;

    private int Width => gamma is null ? scaling.Columns.Count : vectors.RowCount;

    /// <summary>Decision values before any calibration: of each row one a machine, positive for its second class.</summary>
    internal double[][] Decisions(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var rows = scaling.Apply(predictors);
        var decisions = new double[rows.RowCount][];
        var radial = new double[PaddedKernels.PaddedLength(vectors.RowCount)];
        for (var r = 0; r < decisions.Length; r++)
        {
            ReadOnlySpan<double> features = rows.Row(r);
            if (gamma is { } g)
            {
                SvmKernel.Radial(features, vectors, squares, g, radial);
                features = radial;
            }
            decisions[r] = new double[Machines.Length];
            for (var m = 0; m < Machines.Length; m++)
                decisions[r][m] = Machines[m].Decide(features);
        }
        return decisions;
    }

    /// <summary>A missing or infinite value is a <see cref="BadInputException"/> that names column and case.</summary>
    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        var decisions = Decisions(predictors);
        return ColumnScaling.Checked(EndpointKind switch
        {
            EndpointKind.Continuous => Predictions.Continuous(Array.ConvertAll(decisions, d => (Machines[0].Output.Slope * d[0]) + Machines[0].Output.Intercept)),
            EndpointKind.Binary => Predictions.Binary(Array.ConvertAll(decisions, d => Machines[0].Output.Apply(d[0]))),
            _ => Predictions.Multiclass(ClassCount, [.. decisions.SelectMany(Couple)]),
        }, predictors);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        endpoint = EndpointNames.Of(EndpointKind),
        classes = ClassCount,
        kernel = gamma is null ? "linear" : "rbf",
        gamma = gamma ?? 0,
        scaling = scaling.ToJson(),
        support_vectors = vectors.RowCount,
        values = vectors.ToArray(),
        machines = Array.ConvertAll(Machines, m => m.ToJson(Width)),
    });

    internal static FittedSvm Of(
        EndpointKind kind,
        int classes,
        ColumnScaling scaling,
        RowMatrix rows,
        double? gamma,
        IReadOnlyList<(int First, int Second, SvmDecision Decision, PlattScaling Output)> machines,
        IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        int[] support = [.. Enumerable.Range(0, rows.RowCount).Where(r => machines.Any(m => m.Decision.Coefficients[r] != 0))];
        var vectors = new RowMatrix(gamma is null ? 0 : support.Length, rows.ColumnCount);
        for (var s = 0; s < vectors.RowCount; s++)
            rows.Row(support[s]).CopyTo(vectors.Row(s));
        SvmMachine[] fitted = [.. machines.Select(m => new SvmMachine(
            m.First, m.Second, Weights(m.Decision.Coefficients), m.Decision.Bias, m.Decision.Converged, m.Output))];
        return Of(kind, classes, scaling, gamma, vectors, fitted, seen);

        double[] Weights(double[] coefficients)
        {
            if (gamma is not null)
            {
                var kept = new double[PaddedKernels.PaddedLength(support.Length)];
                for (var s = 0; s < support.Length; s++)
                    kept[s] = coefficients[support[s]];
                return kept;
            }
            var weights = new double[rows.Stride];
            foreach (var r in support)
                PaddedKernels.AddScaled(weights, coefficients[r], rows.Row(r));
            return weights;
        }
    }

    internal static IFittedModel Read(JsonElement json)
    {
        var kind = EndpointNames.Read(json, EndpointKind.Binary, EndpointKind.Multiclass, EndpointKind.Continuous);
        var classes = kind is EndpointKind.Continuous ? ClassifierJson.Whole(json, "classes", 1, 1) : ClassifierJson.Classes(json, kind);
        var scaling = ColumnScaling.Read(PlainJson.Property(json, "scaling"));
        double? gamma = PlainJson.Text(json, "kernel") switch
        {
            "linear" => null,
            "rbf" when PlainJson.Number(json, "gamma") is > 0 and var g => g,
            _ => throw PlainJson.Invalid("kernel", "is neither linear nor rbf of a positive gamma"),
        };
        var count = ClassifierJson.Whole(json, "support_vectors", 0, gamma is null ? 0 : 1_000_000);
        var columns = scaling.Columns.Count;
        // The numbers are counted before room is made for them: a file may claim anything.
        var numbers = PlainJson.Array(json, "values").GetArrayLength();
        if (numbers != (long)count * columns)
            throw PlainJson.Invalid("values", $"has {numbers} numbers, not {count} times {columns}");
        var vectors = RowMatrix.Of(count, columns, PlainJson.Numbers(json, "values", numbers));
        SvmMachine[] machines =
        [
            .. PlainJson.Array(json, "machines").EnumerateArray().Select(m => SvmMachine.Read(m, classes, gamma is null ? columns : count)),
        ];
        if (machines.Length == 0 || (kind is not EndpointKind.Multiclass && machines.Length != 1))
            throw PlainJson.Invalid("machines", "are not as many as the endpoint needs");
        int[] present = PresentOf(machines);
        if (kind is EndpointKind.Multiclass
            && !machines.Select(m => (m.First, m.Second)).SequenceEqual(present.SelectMany((a, i) => present.Skip(i + 1).Select(b => (a, b)))))
        {
            throw PlainJson.Invalid("machines", "are not one of each pair of classes");
        }
        return Of(kind, classes, scaling, gamma, vectors, machines, Values.NoSubjects);
    }

    private static FittedSvm Of(
        EndpointKind kind, int classes, ColumnScaling scaling, double? gamma, RowMatrix vectors, SvmMachine[] machines, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        gamma is null && kind is EndpointKind.Binary
            ? new FittedLinearSvm(scaling, vectors, machines, seen)
            : new FittedSvm(kind, classes, scaling, gamma, vectors, machines, seen);

    private static int[] PresentOf(SvmMachine[] machines) => [.. machines.SelectMany(m => new[] { m.First, m.Second }).Distinct().Order()];

    private double[] Couple(double[] decisions)
    {
        var present = PresentOf(Machines);
        var k = present.Length;
        var pairs = new double[k * k];
        for (var m = 0; m < Machines.Length; m++)
        {
            var (i, j) = (Array.IndexOf(present, Machines[m].First), Array.IndexOf(present, Machines[m].Second));
            pairs[(j * k) + i] = Machines[m].Output.Apply(decisions[m]);
            pairs[(i * k) + j] = 1 - pairs[(j * k) + i];
        }
        Span<double> coupled = new double[k];
        PairwiseCoupling.Solve(pairs, coupled);
        var probabilities = new double[ClassCount];
        for (var i = 0; i < k; i++)
            probabilities[present[i]] = coupled[i];
        return probabilities;
    }
}
