using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Conditional inference tree (Hothorn, Hornik and Zeileis, J Comput Graph Stat 2006, 15:651), as R's <c>partykit::ctree</c>: a node is split by the
/// column with the least p-value of the quadratic permutation statistic against the endpoint, if that is below a level after Bonferroni's
/// correction, and where the two-sample statistic is greatest. Survival times enter by their log-rank scores over all training rows.
/// The limits on rows of nodes count rows, whatever their weights. Missing and infinite values are refused.
/// </summary>
public sealed class ConditionalTree(OptionValues options) : IModelLearner
{
    internal const string RegistryName = "conditional_tree";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "Conditional inference tree: splits only where a permutation test finds an association.",
    [
        new("mincriterion", OptionType.Number, 0.95, 0, 0.999999, null, "A node is split where one minus the adjusted p-value exceeds this.")
        {
            Search = new(0.5, 0.99),
        },
        new("testtype", OptionType.String, "bonferroni", null, null, ["bonferroni", "univariate"], "Whether p-values are adjusted for the number of columns."),
        new("minsplit", OptionType.Integer, 20, 2, null, null, "Least number of rows of a node that is split."),
        new("minbucket", OptionType.Integer, 7, 1, null, null, "Least number of rows of a leaf."),
        new("max_depth", OptionType.Integer, null, 1, null, null, "Greatest number of splits from the root to a leaf; not limited if not given."),
    ]);

    private readonly double level = options.Number("mincriterion");
    private readonly bool adjust = options.String("testtype") == "bonferroni";
    private readonly TreeSettings settings = new(
        int.MaxValue,
        options.Integer("minsplit"),
        options.Integer("minbucket"),
        options.Integer("max_depth") is 0 ? int.MaxValue : options.Integer("max_depth"),
        Midpoint: false);

    public string Name => RegistryName;

    IFittedModel IModelLearner.Fit(TrainingSet training, CancellationToken cancel) => Fit(training, cancel).Model;

    /// <summary>The model and the tests of its nodes, from the root, the left branch first.</summary>
    /// <exception cref="BadInputException">The endpoint has no differences, or a value is missing or infinite.</exception>
    public (FittedTrees Model, IReadOnlyList<NodeTest> Tests) Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        cancel.ThrowIfCancellationRequested();
        Values.RequireDifferences(training);
        var table = TreeTable.Of(training, Name);
        var weights = table.Weights();
        var grower = new ConditionalGrower(table, settings, level, adjust, weights, cancel);
        var builder = new TreeBuilder();
        var leaves = TreeOutcome.Leaves(table.Training.Endpoint, weights);
        int[] rows = [.. Enumerable.Range(0, table.Rows)];
        grower.Grow(rows, null, Criterion(table.Training.Endpoint, weights), leaves, null, builder);
        return (TreeOutcome.Fitted(Name, table, builder.Build(), leaves), grower.Tests);
    }

    private static SplitCriterion Criterion(Endpoint endpoint, double[] weights) => endpoint is MulticlassEndpoint classes
        ? new GiniCriterion(classes.Values, classes.Labels.Count, weights, standardised: true)
        : new VarianceCriterion(TreeOutcome.Scores(endpoint, weights), weights);
}

/// <summary>The test of a node of a conditional tree that had rows enough to be split and differences in the endpoint and in some column.</summary>
/// <param name="Column">The column of the greatest statistic.</param>
/// <param name="Statistic">Quadratic permutation statistic, asymptotically χ².</param>
/// <param name="PValue">Adjusted if asked for.</param>
public sealed record NodeTest(string Column, double Statistic, double PValue, int Rows);
